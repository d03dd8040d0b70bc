#include "common/nats/stream_reader.h"

#include <nats/nats.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/nats/connection_core.h"
#include "common/nats/jetstream.h"
#include "common/nats/nats_status.h"
#include "common/status/macros.h"

namespace edirae::nats {
namespace {

constexpr absl::Duration kLossPoll = absl::Milliseconds(100);  // how late a lost connection is noticed
constexpr double kSilentHeartbeats = 2.5;
constexpr int64_t kLastMessagesMs = 1000;  // for those that are on their way when a reader ends
using SteadyClock = std::chrono::steady_clock;

std::string HeaderOf(natsMsg* message, const char* name) {
  const char* value = nullptr;
  return natsMsgHeader_Get(message, name, &value) == NATS_OK && value != nullptr ? value : "";
}

}  // namespace

// A plain subscription to what the server pushes. Between the messages the server says two things, as messages without
// a place in the stream: that it is still there, and that it waits until everything before this has been taken.
class StreamReader::Impl {
 public:
  Impl(const Connection& connection, const StreamReaderOptions& options, std::string inbox)
      : core_(connection.core()),
        jetstream_(connection),
        options_(options),
        inbox_(std::move(inbox)),
        name_(absl::StrCat("reader ", options.consumer, " of ", options.stream)) {}

  absl::Status Start() {
    if (!core_->connected()) return absl::UnavailableError(absl::StrCat(name_, ": NATS is not connected"));
    natsSubscription* raw = nullptr;
    EDIRAE_RETURN_IF_ERROR(ToStatus(natsConnection_SubscribeSync(&raw, core_->handle(), inbox_.c_str()), name_));
    subscription_.reset(raw);
    natsSubscription_SetPendingLimits(raw, -1, -1);  // flow control bounds what can arrive
    EDIRAE_RETURN_IF_ERROR(MakeConsumer());
    epoch_ = core_->epoch();
    return absl::OkStatus();
  }

  ~Impl() {
    EndSubscription();
    if (!made_ || absl::IsUnavailable(ended_)) return;  // a silent server would be waited for; it forgets by itself
    jetstream_.DeleteConsumer(options_.stream, options_.consumer).IgnoreError();
  }

  absl::StatusOr<std::vector<Message>> Fetch(size_t max_messages, absl::Duration timeout) {
    const auto deadline = SteadyClock::now() + absl::ToChronoNanoseconds(timeout);
    std::vector<Message> fetched;
    while (ended_.ok()) {
      ended_ = CheckConnected();
      if (ended_.ok()) ended_ = TakeWaiting(max_messages, fetched);
      const absl::Duration left = absl::FromChrono(deadline - SteadyClock::now());
      if (!ended_.ok() || !fetched.empty() || left <= absl::ZeroDuration()) break;
      ended_ = WaitForOne(std::min(left, kLossPoll), fetched);
    }
    if (fetched.empty() && !ended_.ok()) return ended_;
    return fetched;
  }

  absl::StatusOr<uint64_t> Lag() {
    int unfetched = 0;
    EDIRAE_RETURN_IF_ERROR(ToStatus(natsSubscription_GetPending(subscription_.get(), &unfetched, nullptr), name_));
    EDIRAE_ASSIGN_OR_RETURN(const uint64_t unsent, jetstream_.GetLag(options_.stream, options_.consumer));
    return unsent + static_cast<uint64_t>(unfetched);
  }

 private:
  absl::Status MakeConsumer() {
    jsConsumerConfig config;
    jsConsumerConfig_Init(&config);
    config.Durable = options_.consumer.c_str();
    config.DeliverSubject = inbox_.c_str();
    config.DeliverPolicy = js_DeliverByStartSequence;
    config.OptStartSeq = options_.start_seq;
    config.AckPolicy = js_AckNone;
    config.MemoryStorage = true;
    config.FlowControl = true;
    config.Heartbeat = absl::ToInt64Nanoseconds(options_.heartbeat);
    config.InactiveThreshold = absl::ToInt64Nanoseconds(options_.inactive_threshold);
    jsErrCode error = static_cast<jsErrCode>(0);
    const natsStatus s = js_AddConsumer(nullptr, core_->jetstream(), options_.stream.c_str(), &config, nullptr, &error);
    made_ = s == NATS_OK;
    return ToStatus(s, error, name_);
  }

  // nats.c 3.4.1 uses a subscription without holding it while it takes in a message: it must not be destroyed before
  // the library's reading thread has passed what was on its way.
  void EndSubscription() {
    if (subscription_ == nullptr) return;
    natsSubscription_Unsubscribe(subscription_.get());
    if (natsConnection_FlushTimeout(core_->handle(), kLastMessagesMs) != NATS_OK) absl::SleepFor(kLossPoll);
    subscription_.reset();
  }

  absl::Status CheckConnected() const {
    if (core_->connected() && core_->epoch() == epoch_) return absl::OkStatus();
    return absl::UnavailableError(absl::StrCat(name_, ": the connection to NATS was lost"));
  }

  // Everything that has arrived, without waiting.
  absl::Status TakeWaiting(size_t max_messages, std::vector<Message>& fetched) {
    while (fetched.size() < max_messages) {
      natsMsg* raw = nullptr;
      const natsStatus s = natsSubscription_NextMsg(&raw, subscription_.get(), 0);
      if (s == NATS_TIMEOUT) break;
      if (s != NATS_OK) return ToStatus(s, name_);
      EDIRAE_RETURN_IF_ERROR(Accept(raw, fetched));
    }
    return absl::OkStatus();
  }

  absl::Status WaitForOne(absl::Duration at_most, std::vector<Message>& fetched) {
    natsMsg* raw = nullptr;
    const int64_t milliseconds = std::max<int64_t>(1, absl::ToInt64Milliseconds(at_most));
    const natsStatus s = natsSubscription_NextMsg(&raw, subscription_.get(), milliseconds);
    if (s == NATS_OK) return Accept(raw, fetched);
    if (s != NATS_TIMEOUT) return ToStatus(s, name_);
    silence_ += absl::Milliseconds(milliseconds);
    if (silence_ <= kSilentHeartbeats * options_.heartbeat) return absl::OkStatus();
    return absl::UnavailableError(absl::StrCat(name_, ": the server has gone silent, or has lost the reader"));
  }

  absl::Status Accept(natsMsg* raw, std::vector<Message>& fetched) {
    silence_ = absl::ZeroDuration();
    if (natsMsg_GetSubject(raw) == inbox_) return Obey(MsgHandle(raw).get());
    EDIRAE_ASSIGN_OR_RETURN(Message message, Message::Wrap(raw));
    if (message.consumer_seq() != next_delivery_) return Gap();
    ++next_delivery_;
    fetched.push_back(std::move(message));
    return absl::OkStatus();
  }

  absl::Status Obey(natsMsg* word) {
    uint64_t sent = 0;
    if (absl::SimpleAtoi(HeaderOf(word, "Nats-Last-Consumer"), &sent) && sent >= next_delivery_) return Gap();
    const char* reply = natsMsg_GetReply(word);
    const std::string go_on = reply != nullptr ? reply : HeaderOf(word, "Nats-Consumer-Stalled");
    if (go_on.empty()) return absl::OkStatus();
    return ToStatus(natsConnection_Publish(core_->handle(), go_on.c_str(), nullptr, 0), name_);
  }

  absl::Status Gap() const { return absl::DataLossError(absl::StrCat(name_, ": a message did not arrive")); }

  const std::shared_ptr<ConnectionCore> core_;
  JetStream jetstream_;
  const StreamReaderOptions options_;
  const std::string inbox_;
  const std::string name_;
  SubscriptionHandle subscription_;
  bool made_ = false;  // the consumer, by us
  uint64_t epoch_ = 0;
  uint64_t next_delivery_ = 1;  // the consumer counts them
  absl::Duration silence_;      // that was waited through since the server was last heard of
  absl::Status ended_;
};

absl::StatusOr<std::unique_ptr<StreamReader>> StreamReader::Create(const Connection& connection,
                                                                   const StreamReaderOptions& options) {
  if (options.stream.empty() || options.consumer.empty() || options.start_seq == 0) {
    return absl::InvalidArgumentError("a reader needs a stream, a name, and a message to start at");
  }
  if (options.heartbeat < absl::Milliseconds(100) || options.inactive_threshold <= absl::ZeroDuration()) {
    return absl::InvalidArgumentError("heartbeat must be 100 ms or more, inactive_threshold positive");
  }
  EDIRAE_ASSIGN_OR_RETURN(std::string inbox, ConnectionCore::NewInboxPrefix());
  auto impl = std::make_unique<Impl>(connection, options, inbox + "events");
  EDIRAE_RETURN_IF_ERROR(impl->Start());
  return std::unique_ptr<StreamReader>(new StreamReader(std::move(impl)));
}

StreamReader::StreamReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
StreamReader::~StreamReader() = default;

absl::StatusOr<std::vector<Message>> StreamReader::Fetch(size_t max_messages, absl::Duration timeout) {
  return impl_->Fetch(std::max<size_t>(max_messages, 1), timeout);
}

absl::StatusOr<uint64_t> StreamReader::Lag() const { return impl_->Lag(); }

}  // namespace edirae::nats
