#include "common/nats/async_publisher.h"

#include <nats/nats.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/nats/connection_core.h"
#include "common/nats/nats_status.h"
#include "common/nats/pub_ack.h"
#include "common/process/this_thread.h"

namespace edirae::nats {
namespace {

using SteadyClock = std::chrono::steady_clock;

// One search a character of the set; find_first_of does one a character of the text, which took an eighth of the time
// of whoever publishes.
bool HasAnyOf(absl::string_view set, absl::string_view text) {
  return std::ranges::any_of(set, [&](char c) { return absl::StrContains(text, c); });
}

absl::Status CheckSubject(const std::string& subject) {
  if (subject.empty() || HasAnyOf(" \t\r\n*>", subject)) {
    return absl::InvalidArgumentError(absl::StrCat("cannot publish on the subject '", subject, "'"));
  }
  return absl::OkStatus();
}

absl::Status SetHeader(natsMsg* message, const std::string& key, const std::string& value) {
  if (key.empty() || HasAnyOf(":\r\n", key) || HasAnyOf("\r\n", value)) {
    return absl::InvalidArgumentError(absl::StrCat("bad header '", key, "'"));
  }
  return ToStatus(natsMsgHeader_Set(message, key.c_str(), value.c_str()), "set header");
}

// An empty `reply` asks for no acknowledgement.
absl::StatusOr<MsgHandle> Build(const OutgoingMessage& message, const std::string& reply) {
  natsMsg* raw = nullptr;
  if (natsStatus s = natsMsg_Create(&raw, message.subject.c_str(), reply.empty() ? nullptr : reply.c_str(),
                                    message.payload.data(), static_cast<int>(message.payload.size()));
      s != NATS_OK) {
    return ToStatus(s, "build message");
  }
  MsgHandle built(raw);
  if (!message.id.empty()) {
    if (absl::Status ok = SetHeader(raw, "Nats-Msg-Id", message.id); !ok.ok()) return ok;
  }
  for (const auto& [key, value] : message.headers) {
    if (absl::Status ok = SetHeader(raw, key, value); !ok.ok()) return ok;
  }
  return built;
}

}  // namespace

// Groups under way stand in `window_` in the order of their numbers; the last message of group n has the reply subject
// <inbox>.<n>. Whoever learns a group's fate (the library's delivery thread, a lost connection, the sweep) moves its
// callback to `completed_`, and `worker_` runs it.
class AsyncPublisher::Impl {
 public:
  Impl(std::shared_ptr<ConnectionCore> core, AsyncPublisherOptions options, std::string inbox)
      : core_(std::move(core)),
        options_(options),
        ack_timeout_(absl::ToChronoNanoseconds(options.ack_timeout)),
        inbox_(std::move(inbox)) {}

  absl::Status Start() {
    natsSubscription* raw = nullptr;
    natsStatus s =
        natsConnection_Subscribe(&raw, core_->handle(), absl::StrCat(inbox_, "*").c_str(), &Impl::OnAnswer, this);
    if (s != NATS_OK) return ToStatus(s, "subscribe to publish acknowledgements");
    subscription_.reset(raw);
    // The window bounds what can arrive; dropping an answer would only make a timeout of it.
    natsSubscription_SetPendingLimits(raw, -1, -1);
    if (natsSubscription_SetOnCompleteCB(raw, &Impl::OnUnsubscribed, this) != NATS_OK) {
      unsubscribed_ = true;  // the connection was closed meanwhile: its delivery thread has ended or will not call us
    }
    listener_ =
        core_->AddLossListener([this] { CompleteAll(absl::UnavailableError("the connection to NATS was lost")); });
    worker_ = std::thread([this] { Work(); });
    return absl::OkStatus();
  }

  ~Impl() {
    if (!worker_.joinable()) return;
    {
      std::lock_guard lock(mutex_);
      closing_ = true;
    }
    core_->RemoveLossListener(listener_);
    natsSubscription_Unsubscribe(subscription_.get());
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return unsubscribed_; });
    }
    CompleteAll(absl::CancelledError("the publisher was destroyed"));
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    worker_.join();
  }

  absl::Status Publish(std::span<const OutgoingMessage* const> messages, Callback callback) {
    for (const OutgoingMessage* message : messages) {
      if (absl::Status ok = CheckSubject(message->subject); !ok.ok()) return ok;
    }
    if (!core_->connected()) return absl::UnavailableError("publish: NATS is not connected");
    uint64_t number;
    {
      std::lock_guard lock(mutex_);
      if (closing_) return absl::UnavailableError("publish: the publisher is being destroyed");
      if (window_.size() >= options_.max_pending) {
        return absl::ResourceExhaustedError(
            absl::StrCat(options_.max_pending, " messages or groups await acknowledgement"));
      }
      number = first_ + window_.size();
      window_.push_back(Slot{std::move(callback), SteadyClock::now() + ack_timeout_, true});
      ++open_;
    }
    absl::Status sent;
    for (size_t i = 0; sent.ok() && i < messages.size(); ++i) {
      sent = Send(*messages[i], i + 1 == messages.size() ? absl::StrCat(inbox_, number) : "");
    }
    if (sent.ok()) return sent;
    // If a lost connection completed it meanwhile, its callback is what tells.
    std::lock_guard lock(mutex_);
    return Take(number).has_value() ? sent : absl::OkStatus();
  }

  absl::Status Drain(absl::Duration timeout) {
    std::unique_lock lock(mutex_);
    if (drained_.wait_for(lock, absl::ToChronoNanoseconds(timeout),
                          [this] { return open_ + completed_.size() + running_ == 0; })) {
      return absl::OkStatus();
    }
    return absl::DeadlineExceededError(absl::StrCat(open_, " messages or groups still await acknowledgement"));
  }

  size_t pending() const {
    std::lock_guard lock(mutex_);
    return open_ + completed_.size();
  }

 private:
  struct Slot {
    Callback callback;
    SteadyClock::time_point deadline;
    bool open;  // no answer yet
  };
  struct Completion {
    Callback callback;
    absl::StatusOr<PubAck> result;
  };

  absl::Status Send(const OutgoingMessage& message, const std::string& reply) {
    absl::StatusOr<MsgHandle> built = Build(message, reply);
    if (!built.ok()) return built.status();
    return ToStatus(natsConnection_PublishMsg(core_->handle(), built->get()), "publish");
  }

  static void OnAnswer(natsConnection*, natsSubscription*, natsMsg* raw, void* closure) {
    MsgHandle answer(raw);
    auto* self = static_cast<Impl*>(closure);
    const std::string_view subject = natsMsg_GetSubject(raw);
    uint64_t number = 0;
    const char* begin = subject.data() + std::min(self->inbox_.size(), subject.size());
    if (std::from_chars(begin, subject.data() + subject.size(), number).ec != std::errc()) return;
    if (natsMsg_IsNoResponders(raw)) {
      self->Complete(number, absl::NotFoundError("no stream takes this subject"));
    } else {
      self->Complete(number, ParsePubAck({natsMsg_GetData(raw), static_cast<size_t>(natsMsg_GetDataLength(raw))}));
    }
  }

  static void OnUnsubscribed(void* closure) {
    auto* self = static_cast<Impl*>(closure);
    std::lock_guard lock(self->mutex_);  // notified under it: afterwards `self` may be gone
    self->unsubscribed_ = true;
    self->changed_.notify_all();
  }

  // The callback of a message that is still open, which then is no longer.
  std::optional<Callback> Take(uint64_t number) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (number < first_ || number - first_ >= window_.size() || !window_[number - first_].open) return std::nullopt;
    Slot& slot = window_[number - first_];
    slot.open = false;
    std::optional<Callback> callback(std::move(slot.callback));
    --open_;
    for (; !window_.empty() && !window_.front().open; ++first_) window_.pop_front();
    if (open_ + completed_.size() + running_ == 0) drained_.notify_all();
    return callback;
  }

  void Complete(uint64_t number, absl::StatusOr<PubAck> result) {
    bool wake = false;
    {
      std::lock_guard lock(mutex_);
      std::optional<Callback> callback = Take(number);
      if (!callback.has_value()) return;  // too late: it has been completed otherwise
      wake = completed_.empty();
      completed_.push_back({*std::move(callback), std::move(result)});
    }
    if (wake) changed_.notify_all();
  }

  void CompleteAll(const absl::Status& status) {
    {
      std::lock_guard lock(mutex_);
      CompleteUntil(SteadyClock::time_point::max(), status);
    }
    changed_.notify_all();
  }

  // Deadlines rise along the window, because all have the same timeout.
  void CompleteUntil(SteadyClock::time_point deadline, const absl::Status& status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    while (!window_.empty() && window_.front().deadline <= deadline) {
      completed_.push_back({*Take(first_), status});
    }
  }

  void Work() {
    process::NameThread("nats-publisher");
    const auto interval = std::min<std::chrono::nanoseconds>(ack_timeout_ / 4, std::chrono::milliseconds(250));
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait_for(lock, interval, [this] { return stopping_ || !completed_.empty(); });
      CompleteUntil(SteadyClock::now(), absl::DeadlineExceededError("no acknowledgement in time"));
      if (completed_.empty()) {
        if (stopping_) return;
        continue;
      }
      std::vector<Completion> batch = std::exchange(completed_, {});
      running_ = batch.size();
      lock.unlock();
      for (Completion& completion : batch) completion.callback(std::move(completion.result));
      batch.clear();  // what the callbacks own goes before Drain() says that all is done
      lock.lock();
      running_ = 0;
      if (open_ + completed_.size() == 0) drained_.notify_all();
    }
  }

  const std::shared_ptr<ConnectionCore> core_;
  const AsyncPublisherOptions options_;
  const std::chrono::nanoseconds ack_timeout_;
  const std::string inbox_;  // with the final dot
  SubscriptionHandle subscription_;
  int64_t listener_ = 0;
  std::thread worker_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;  // completed_, stopping_, unsubscribed_
  std::condition_variable drained_;
  std::deque<Slot> window_ ABSL_GUARDED_BY(mutex_);
  uint64_t first_ ABSL_GUARDED_BY(mutex_) = 1;  // number of window_.front()
  size_t open_ ABSL_GUARDED_BY(mutex_) = 0;     // in the window and without an answer
  std::vector<Completion> completed_ ABSL_GUARDED_BY(mutex_);
  size_t running_ ABSL_GUARDED_BY(mutex_) = 0;    // callbacks taken by the worker
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;  // destruction has begun: nothing new
  bool unsubscribed_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

absl::StatusOr<std::unique_ptr<AsyncPublisher>> AsyncPublisher::Create(const Connection& connection,
                                                                       AsyncPublisherOptions options) {
  if (options.max_pending == 0 || options.ack_timeout <= absl::ZeroDuration()) {
    return absl::InvalidArgumentError("max_pending and ack_timeout must be positive");
  }
  absl::StatusOr<std::string> inbox = ConnectionCore::NewInboxPrefix();
  if (!inbox.ok()) return inbox.status();
  auto impl = std::make_unique<Impl>(connection.core(), options, *std::move(inbox));
  if (absl::Status ok = impl->Start(); !ok.ok()) return ok;
  return std::unique_ptr<AsyncPublisher>(new AsyncPublisher(std::move(impl)));
}

AsyncPublisher::AsyncPublisher(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AsyncPublisher::~AsyncPublisher() = default;

absl::Status AsyncPublisher::Publish(const OutgoingMessage& message, Callback callback) {
  const OutgoingMessage* const alone[] = {&message};
  return impl_->Publish(alone, std::move(callback));
}

absl::Status AsyncPublisher::PublishGroup(std::span<const OutgoingMessage* const> messages, Callback callback) {
  if (messages.empty()) return absl::InvalidArgumentError("publish: the group is empty");
  return impl_->Publish(messages, std::move(callback));
}

absl::Status AsyncPublisher::Drain(absl::Duration timeout) { return impl_->Drain(timeout); }

size_t AsyncPublisher::pending() const { return impl_->pending(); }

}  // namespace edirae::nats
