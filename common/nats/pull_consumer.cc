#include "common/nats/pull_consumer.h"

#include <nats/nats.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/nats/connection_core.h"
#include "common/nats/nats_status.h"

namespace edirae::nats {
namespace {

constexpr absl::Duration kPullExpires = absl::Seconds(30);
constexpr absl::Duration kLossPoll = absl::Milliseconds(100);    // how late a lost connection is noticed
constexpr absl::Duration kRetryPause = absl::Milliseconds(100);  // after the server refused a pull
constexpr int64_t kLookUpMs = 2000;
constexpr int64_t kGiveBackMs = 1000;

std::string HeaderOf(natsMsg* message, const char* name) {
  const char* value = nullptr;
  return natsMsgHeader_Get(message, name, &value) == NATS_OK && value != nullptr ? value : "";
}

}  // namespace

// `credit_` counts the messages that the server may still send for the pulls that are out: plus the batch of each pull,
// minus each message, minus what the server reports as unserved when it ends a pull. The server serves several pulls in
// turn, so messages are not attributed to one.
class PullConsumer::Impl {
 public:
  Impl(std::shared_ptr<ConnectionCore> core, PullConsumerOptions options, std::string inbox)
      : core_(std::move(core)),
        options_(std::move(options)),
        inbox_(std::move(inbox)),
        name_(absl::StrCat("consumer ", options_.stream, "/", options_.durable)),
        pull_subject_(absl::StrCat("$JS.API.CONSUMER.MSG.NEXT.", options_.stream, ".", options_.durable)) {}

  absl::Status Start() {
    natsSubscription* raw = nullptr;
    const natsStatus s = natsConnection_SubscribeSync(&raw, core_->handle(), absl::StrCat(inbox_, "*").c_str());
    if (s != NATS_OK) return ToStatus(s, name_);
    subscription_.reset(raw);
    natsSubscription_SetPendingLimits(raw, -1, -1);  // the credit bounds what can arrive
    return absl::OkStatus();
  }

  ~Impl() {
    if (subscription_ == nullptr) return;
    if (core_->connected()) {
      // Ends the server's interest in our pulls, and the flush brings in what was on its way.
      natsSubscription_DrainTimeout(subscription_.get(), kGiveBackMs);
      natsConnection_FlushTimeout(core_->handle(), kGiveBackMs);
    }
    // Not at once: nats-server 2.9.10 would offer the first of them to our dead pull and then lose sight of it until
    // ack_wait. Dead pulls are cleared away at their heartbeat.
    natsMsg* raw = nullptr;
    while (natsSubscription_NextMsg(&raw, subscription_.get(), 0) == NATS_OK) {
      absl::StatusOr<Message> message = Message::Wrap(core_, raw);
      if (message.ok()) message->Nak(2 * options_.heartbeat).IgnoreError();
    }
  }

  absl::StatusOr<std::vector<Message>> Fetch(size_t max_messages, absl::Duration timeout) {
    const absl::Time deadline = absl::Now() + timeout;
    std::vector<Message> fetched;
    while (true) {
      if (absl::Status ok = KeepPulling(); !ok.ok()) return ok;
      if (absl::Status ok = TakeWaiting(max_messages, fetched); !ok.ok() && fetched.empty()) return ok;
      if (!fetched.empty()) {
        // Asks for more now rather than at the next call: the server works while the caller does. An error shows next
        // time.
        KeepPulling().IgnoreError();
        return fetched;
      }
      const absl::Time now = absl::Now();
      if (now >= deadline) return fetched;
      if (absl::Status ok = WaitForOne(std::min(deadline - now, kLossPoll), fetched); !ok.ok()) return ok;
    }
  }

 private:
  // Sees to it that the server owes us messages. Talks to the server only when credit is low or something is unclear.
  absl::Status KeepPulling() {
    if (!core_->connected()) return absl::UnavailableError(absl::StrCat(name_, ": NATS is not connected"));
    const absl::Time now = absl::Now();
    if (const uint64_t epoch = core_->epoch(); epoch != epoch_) {
      epoch_ = epoch;
      Doubt();
    }
    if (now < paused_until_ || credit_ > options_.prefetch / 2) return absl::OkStatus();
    if (!known_) {
      if (absl::Status ok = LookUp(); !ok.ok()) return ok;
      known_ = true;
    }
    const int batch = options_.prefetch - static_cast<int>(std::max<int64_t>(credit_, 0));
    const std::string request =
        absl::StrCat("{\"batch\":", batch, ",\"expires\":", absl::ToInt64Nanoseconds(kPullExpires),
                     ",\"idle_heartbeat\":", absl::ToInt64Nanoseconds(options_.heartbeat), "}");
    const natsStatus s =
        natsConnection_PublishRequest(core_->handle(), pull_subject_.c_str(), absl::StrCat(inbox_, ++pulls_).c_str(),
                                      request.data(), static_cast<int>(request.size()));
    if (s != NATS_OK) return ToStatus(s, name_);
    credit_ = std::max<int64_t>(credit_, 0) + batch;
    last_sign_ = absl::Now();
    return absl::OkStatus();
  }

  // Everything that has arrived, without waiting.
  absl::Status TakeWaiting(size_t max_messages, std::vector<Message>& fetched) {
    while (fetched.size() < max_messages) {
      natsMsg* raw = nullptr;
      const natsStatus s = natsSubscription_NextMsg(&raw, subscription_.get(), 0);
      if (s == NATS_TIMEOUT) break;
      if (s != NATS_OK) return ToStatus(s, name_);
      if (absl::Status ok = Accept(raw, fetched); !ok.ok()) return ok;
    }
    if (fetched.empty() && credit_ > 0 && absl::Now() - last_sign_ > 2.5 * options_.heartbeat) Doubt();
    return absl::OkStatus();
  }

  absl::Status WaitForOne(absl::Duration at_most, std::vector<Message>& fetched) {
    natsMsg* raw = nullptr;
    const int64_t milliseconds = std::max<int64_t>(1, absl::ToInt64Milliseconds(at_most));
    const natsStatus s = natsSubscription_NextMsg(&raw, subscription_.get(), milliseconds);
    if (s == NATS_TIMEOUT) return absl::OkStatus();
    if (s != NATS_OK) return ToStatus(s, name_);
    return Accept(raw, fetched);
  }

  // A message goes to `fetched`; a word of the server about a pull (it comes on the pull's own reply subject) is
  // obeyed.
  absl::Status Accept(natsMsg* raw, std::vector<Message>& fetched) {
    last_sign_ = absl::Now();
    if (!absl::StartsWith(natsMsg_GetSubject(raw), inbox_)) {
      --credit_;
      absl::StatusOr<Message> message = Message::Wrap(core_, raw);
      if (!message.ok()) return message.status();
      fetched.push_back(*std::move(message));
      return absl::OkStatus();
    }
    const MsgHandle owned(raw);
    const std::string code = HeaderOf(raw, "Status");
    const std::string text = HeaderOf(raw, "Description");
    if (code == "100") return absl::OkStatus();  // idle heartbeat
    if (code == "404" || code == "408") {        // the pull ended by itself
      credit_ = std::max<int64_t>(0, credit_ - Unserved(raw));
      return absl::OkStatus();
    }
    Doubt();
    if (code == "503") return absl::OkStatus();  // nobody serves this consumer: the look-up will tell why
    if (absl::StrContains(text, "Consumer Deleted")) return absl::NotFoundError(absl::StrCat(name_, ": ", text));
    paused_until_ = absl::Now() + kRetryPause;
    if (absl::StrContains(text, "Server Shutdown") || absl::StrContains(text, "Leadership Change")) {
      return absl::UnavailableError(absl::StrCat(name_, ": ", text));
    }
    return absl::FailedPreconditionError(absl::StrCat(name_, ": pull refused: ", code, " ", text));
  }

  // What a pull that ended leaves of its batch. A server that does not say: everything, since a pull too many does no
  // harm.
  int64_t Unserved(natsMsg* status) const {
    const std::string text = HeaderOf(status, "Nats-Pending-Messages");
    int64_t unserved = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), unserved).ec != std::errc()) return credit_;
    return unserved;
  }

  // The pulls may be lost, the consumer gone: look, then ask again.
  void Doubt() {
    credit_ = 0;
    known_ = false;
  }

  absl::Status LookUp() {
    jsOptions options;
    jsOptions_Init(&options);
    options.Wait = kLookUpMs;
    jsConsumerInfo* info = nullptr;
    jsErrCode error = static_cast<jsErrCode>(0);
    const natsStatus s = js_GetConsumerInfo(&info, core_->jetstream(), options_.stream.c_str(),
                                            options_.durable.c_str(), &options, &error);
    jsConsumerInfo_Destroy(info);
    if (s == NATS_TIMEOUT) return absl::UnavailableError(absl::StrCat(name_, ": the server does not answer"));
    return ToStatus(s, error, name_);
  }

  const std::shared_ptr<ConnectionCore> core_;
  const PullConsumerOptions options_;
  const std::string inbox_;  // with the final dot
  const std::string name_;
  const std::string pull_subject_;
  SubscriptionHandle subscription_;
  uint64_t pulls_ = 0;
  uint64_t epoch_ = 0;
  bool known_ = false;  // the consumer was there when last looked up
  int64_t credit_ = 0;
  absl::Time last_sign_;  // when the server was last heard of, or asked
  absl::Time paused_until_;
};

absl::StatusOr<std::unique_ptr<PullConsumer>> PullConsumer::Create(const Connection& connection,
                                                                   PullConsumerOptions options) {
  if (options.stream.empty() || options.durable.empty()) {
    return absl::InvalidArgumentError("a pull consumer needs a stream and a durable name");
  }
  if (options.prefetch < 1) return absl::InvalidArgumentError("prefetch must be positive");
  if (options.heartbeat < absl::Milliseconds(100) || options.heartbeat >= kPullExpires / 2) {
    return absl::InvalidArgumentError("heartbeat must be from 100 ms to 15 s");
  }
  absl::StatusOr<std::string> inbox = ConnectionCore::NewInboxPrefix();
  if (!inbox.ok()) return inbox.status();
  auto impl = std::make_unique<Impl>(connection.core(), std::move(options), *std::move(inbox));
  if (absl::Status ok = impl->Start(); !ok.ok()) return ok;
  return std::unique_ptr<PullConsumer>(new PullConsumer(std::move(impl)));
}

PullConsumer::PullConsumer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PullConsumer::~PullConsumer() = default;

absl::StatusOr<std::vector<Message>> PullConsumer::Fetch(size_t max_messages, absl::Duration timeout) {
  return impl_->Fetch(std::max<size_t>(max_messages, 1), timeout);
}

}  // namespace edirae::nats
