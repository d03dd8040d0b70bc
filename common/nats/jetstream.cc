#include "common/nats/jetstream.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/nats/connection_core.h"
#include "common/nats/nats_status.h"

namespace edirae::nats {
namespace {

using StreamInfoHandle = std::unique_ptr<jsStreamInfo, Destroy<jsStreamInfo_Destroy>>;
using ConsumerInfoHandle = std::unique_ptr<jsConsumerInfo, Destroy<jsConsumerInfo_Destroy>>;

// Sets what EnsureStream() decides; the rest of `config` stays as it is on the server. `subjects` must outlive
// `config`.
void Apply(const StreamSettings& settings, std::vector<const char*>& subjects, jsStreamConfig& config) {
  config.Subjects = subjects.data();
  config.SubjectsLen = static_cast<int>(subjects.size());
  config.MaxAge = settings.max_age == absl::InfiniteDuration() ? 0 : absl::ToInt64Nanoseconds(settings.max_age);
  config.MaxBytes = settings.max_bytes;
  config.Discard = js_DiscardNew;
  config.Duplicates = absl::ToInt64Nanoseconds(settings.duplicate_window);
  config.Replicas = settings.replicas;
}

bool SameSubjects(const jsStreamConfig& config, const std::vector<std::string>& subjects) {
  return std::equal(subjects.begin(), subjects.end(), config.Subjects, config.Subjects + config.SubjectsLen,
                    [](const std::string& wanted, const char* there) { return wanted == there; });
}

bool Same(const jsStreamConfig& there, const jsStreamConfig& wanted, const std::vector<std::string>& subjects) {
  return there.MaxAge == wanted.MaxAge && there.MaxBytes == wanted.MaxBytes && there.Discard == wanted.Discard &&
         there.Duplicates == wanted.Duplicates && there.Replicas == wanted.Replicas && SameSubjects(there, subjects);
}

absl::Status Check(const StreamSettings& settings) {
  if (settings.name.empty() || settings.name.find_first_of(" .*>/\\") != std::string::npos) {
    return absl::InvalidArgumentError(absl::StrCat("not a stream name: '", settings.name, "'"));
  }
  if (settings.subjects.empty()) return absl::InvalidArgumentError("a stream needs at least one subject");
  if (settings.max_bytes <= 0) return absl::InvalidArgumentError("a stream needs max_bytes > 0");
  if (settings.max_age <= absl::ZeroDuration()) return absl::InvalidArgumentError("max_age must be positive");
  if (settings.duplicate_window <= absl::ZeroDuration() || settings.duplicate_window > settings.max_age) {
    return absl::InvalidArgumentError("duplicate_window must be positive and at most max_age");
  }
  return absl::OkStatus();
}

absl::Status CheckConnected(const ConnectionCore& core, const std::string& what) {
  if (core.connected()) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(what, ": NATS is not connected"));
}

// Where a stream was asked for settings that it cannot have, that is the settings' fault, not the request's.
absl::Status Refused(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kInternal) return status;
  return absl::FailedPreconditionError(status.message());
}

}  // namespace

JetStream::JetStream(const Connection& connection) : core_(connection.core()) {}

absl::Status JetStream::EnsureStream(const StreamSettings& settings) {
  const std::string what = absl::StrCat("ensure stream ", settings.name);
  if (absl::Status ok = Check(settings); !ok.ok()) return ok;
  if (absl::Status ok = CheckConnected(*core_, what); !ok.ok()) return ok;
  std::vector<const char*> subjects;
  for (const std::string& subject : settings.subjects) subjects.push_back(subject.c_str());

  jsStreamInfo* raw = nullptr;
  jsErrCode error = static_cast<jsErrCode>(0);
  natsStatus s = js_GetStreamInfo(&raw, core_->jetstream(), settings.name.c_str(), nullptr, &error);
  StreamInfoHandle there(raw);
  if (s == NATS_NOT_FOUND) {
    jsStreamConfig config;
    jsStreamConfig_Init(&config);
    config.Name = settings.name.c_str();
    config.Storage = js_FileStorage;
    config.Retention = js_LimitsPolicy;
    Apply(settings, subjects, config);
    s = js_AddStream(nullptr, core_->jetstream(), &config, nullptr, &error);
    return Refused(ToStatus(s, error, what));
  }
  if (s != NATS_OK) return ToStatus(s, error, what);

  jsStreamConfig config = *there->Config;  // borrows its strings from `there`
  Apply(settings, subjects, config);
  if (Same(*there->Config, config, settings.subjects)) return absl::OkStatus();
  s = js_UpdateStream(nullptr, core_->jetstream(), &config, nullptr, &error);
  return Refused(ToStatus(s, error, what));
}

absl::StatusOr<StreamState> JetStream::GetStream(const std::string& name) {
  const std::string what = absl::StrCat("get stream ", name);
  if (absl::Status ok = CheckConnected(*core_, what); !ok.ok()) return ok;
  jsStreamInfo* raw = nullptr;
  jsErrCode error = static_cast<jsErrCode>(0);
  const natsStatus s = js_GetStreamInfo(&raw, core_->jetstream(), name.c_str(), nullptr, &error);
  StreamInfoHandle info(raw);
  if (s != NATS_OK) return ToStatus(s, error, what);
  return StreamState{
      .created = absl::FromUnixNanos(info->Created),
      .first_seq = info->State.FirstSeq,
      .last_seq = info->State.LastSeq,
      .messages = info->State.Msgs,
      .bytes = info->State.Bytes,
      .max_age = info->Config->MaxAge == 0 ? absl::InfiniteDuration() : absl::Nanoseconds(info->Config->MaxAge),
      .max_bytes = info->Config->MaxBytes};
}

absl::StatusOr<StoredMessage> JetStream::GetMessage(const std::string& stream, uint64_t seq) {
  const std::string what = absl::StrCat("get message ", seq, " of stream ", stream);
  if (absl::Status ok = CheckConnected(*core_, what); !ok.ok()) return ok;
  natsMsg* raw = nullptr;
  jsErrCode error = static_cast<jsErrCode>(0);
  natsStatus s = js_GetMsg(&raw, core_->jetstream(), stream.c_str(), seq, nullptr, &error);
  const MsgHandle message(raw);
  if (s != NATS_OK) return ToStatus(s, error, what);
  StoredMessage stored{.subject = natsMsg_GetSubject(raw),
                       .headers = {},
                       .payload = std::string(natsMsg_GetData(raw), static_cast<size_t>(natsMsg_GetDataLength(raw))),
                       .time = absl::FromUnixNanos(natsMsg_GetTime(raw))};
  const char** names = nullptr;
  int count = 0;
  s = natsMsgHeader_Keys(raw, &names, &count);
  if (s == NATS_NOT_FOUND) return stored;  // it has none
  if (s != NATS_OK) return ToStatus(s, what);
  for (int i = 0; i < count; ++i) {
    const char* value = nullptr;
    if (natsMsgHeader_Get(raw, names[i], &value) == NATS_OK && value != nullptr)
      stored.headers.emplace(names[i], value);
  }
  std::free(static_cast<void*>(names));  // the array only: the names are the message's
  return stored;
}

absl::Status JetStream::DeleteStream(const std::string& name) {
  const std::string what = absl::StrCat("delete stream ", name);
  if (absl::Status ok = CheckConnected(*core_, what); !ok.ok()) return ok;
  jsErrCode error = static_cast<jsErrCode>(0);
  return ToStatus(js_DeleteStream(core_->jetstream(), name.c_str(), nullptr, &error), error, what);
}

absl::Status JetStream::EraseMessage(const std::string& stream, uint64_t seq) {
  const std::string what = absl::StrCat("erase message ", seq, " of ", stream);
  if (absl::Status ok = CheckConnected(*core_, what); !ok.ok()) return ok;
  jsErrCode error = static_cast<jsErrCode>(0);
  return ToStatus(js_EraseMsg(core_->jetstream(), stream.c_str(), seq, nullptr, &error), error, what);
}

absl::StatusOr<uint64_t> JetStream::GetLag(const std::string& stream, const std::string& consumer) {
  const std::string what = absl::StrCat("get consumer ", stream, "/", consumer);
  if (absl::Status ok = CheckConnected(*core_, what); !ok.ok()) return ok;
  jsConsumerInfo* raw = nullptr;
  jsErrCode error = static_cast<jsErrCode>(0);
  const natsStatus s = js_GetConsumerInfo(&raw, core_->jetstream(), stream.c_str(), consumer.c_str(), nullptr, &error);
  ConsumerInfoHandle info(raw);
  if (s != NATS_OK) return ToStatus(s, error, what);
  return info->NumPending;
}

absl::Status JetStream::DeleteConsumer(const std::string& stream, const std::string& consumer) {
  const std::string what = absl::StrCat("delete consumer ", stream, "/", consumer);
  if (absl::Status ok = CheckConnected(*core_, what); !ok.ok()) return ok;
  jsErrCode error = static_cast<jsErrCode>(0);
  return ToStatus(js_DeleteConsumer(core_->jetstream(), stream.c_str(), consumer.c_str(), nullptr, &error), error,
                  what);
}

}  // namespace edirae::nats
