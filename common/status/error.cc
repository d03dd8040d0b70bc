#include "common/status/error.h"

#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace edirae {
namespace {

constexpr char kPayloadUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr size_t kMaxMessageBytes = 1024;
constexpr size_t kMaxValueBytes = 256;
constexpr char kRetryAfter[] = "retry_after_ms";
constexpr char kPause[] = "1000";
constexpr char kHiddenMessage[] = "internal error; the service's log has the details";

bool IsHidden(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

// At most `max` bytes of `text`, whole characters of UTF-8, none of them a control character.
std::string Shown(absl::string_view text, size_t max) {
  std::string shown(text.substr(0, max));
  if (text.size() > max) {
    size_t end = max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    shown = absl::StrCat(text.substr(0, end), "…");
  }
  for (char& c : shown) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(c)) && c != '\n') c = '?';
  }
  return shown;
}

bool IsHelpedByAPause(absl::StatusCode code) {
  return code == absl::StatusCode::kUnavailable || code == absl::StatusCode::kResourceExhausted;
}

void Attach(absl::Status& status, const errors::v1::ErrorInfo& info) {
  status.SetPayload(kPayloadUrl, absl::Cord(info.SerializeAsString()));
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                       ErrorMetadata metadata) {
  absl::Status status(code, message);
  errors::v1::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.mutable_metadata()->insert(std::make_move_iterator(metadata.begin()), std::make_move_iterator(metadata.end()));
  Attach(status, info);
  return status;
}

errors::v1::ErrorInfo ErrorInfoOf(const absl::Status& status) {
  errors::v1::ErrorInfo info;
  if (const auto payload = status.GetPayload(kPayloadUrl)) info.ParseFromString(std::string(*payload));
  return info;
}

absl::Status WithErrorMetadata(const absl::Status& status, const std::string& key, const std::string& value) {
  if (status.ok()) return status;
  errors::v1::ErrorInfo info = ErrorInfoOf(status);
  info.mutable_metadata()->insert({key, value});
  absl::Status extended = status;
  Attach(extended, info);
  return extended;
}

errors::v1::Status ToProto(const absl::Status& status, absl::string_view domain) {
  errors::v1::Status out;
  out.set_code(static_cast<int>(status.code()));
  if (status.ok()) return out;
  out.set_message(IsHidden(status.code()) ? kHiddenMessage : Shown(status.message(), kMaxMessageBytes));
  errors::v1::ErrorInfo info = ErrorInfoOf(status);
  if (info.reason().empty()) info.set_reason(absl::StatusCodeToString(status.code()));
  if (info.domain().empty()) info.set_domain(std::string(domain));
  for (auto& [key, value] : *info.mutable_metadata()) value = Shown(value, kMaxValueBytes);
  if (IsHelpedByAPause(status.code())) info.mutable_metadata()->insert({kRetryAfter, kPause});
  google::protobuf::Any* detail = out.add_details();
  detail->set_type_url(kPayloadUrl);
  detail->set_value(info.SerializeAsString());
  return out;
}

absl::Status FromProto(const errors::v1::Status& status) {
  absl::Status out(static_cast<absl::StatusCode>(status.code()), status.message());
  for (const google::protobuf::Any& detail : status.details()) {
    errors::v1::ErrorInfo info;
    if (detail.type_url() == kPayloadUrl && info.ParseFromString(detail.value())) Attach(out, info);
  }
  return out;
}

}  // namespace edirae
