#include "gateway/rpc/home_stream.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/byte_buffer.h"
#include "common/rpc/unary.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/errors.h"

namespace edirae::gateway {

using learn::v1::WatchHomeResponse;

HomeStream::HomeStream(Admission::Slot slot, WatchTimes times, absl::Time token_expiry, std::string resume_token,
                       OnGone on_gone)
    : times_(times),
      start_time_(absl::Now()),
      token_expiry_(token_expiry),
      on_gone_(std::move(on_gone)),
      slot_(std::move(slot)),
      resume_token_(std::move(resume_token)),
      last_sent_(start_time_) {}

void HomeStream::Start(const StartFeed& start_feed) {
  self_ = shared_from_this();
  {
    const std::lock_guard lock(mutex_);
    SetTimer();
  }
  const std::weak_ptr<HomeStream> weak = self_;
  std::unique_ptr<HomeFeed> feed = start_feed({.on_home =
                                                   [weak](HomeUpdate update) {
                                                     if (const auto self = weak.lock()) self->Offer(std::move(update));
                                                   },
                                               .on_end =
                                                   [weak](const absl::Status& status) {
                                                     if (const auto self = weak.lock()) self->End(status);
                                                   }});
  const std::lock_guard lock(mutex_);
  if (!done_) feed_ = std::move(feed);  // else the client has gone meanwhile
}

void HomeStream::End(const absl::Status& status) {
  {
    const std::lock_guard lock(mutex_);
    if (end_.has_value()) return;
    end_ = rpc::ToGrpc(status, kErrorDomain);
  }
  Pump();
}

void HomeStream::Offer(HomeUpdate update) {
  {
    const std::lock_guard lock(mutex_);
    pending_ = std::move(update.message);  // in place of one that the reader was too slow for
    resume_token_ = std::move(update.resume_token);
  }
  Pump();
}

// Writes or finishes when it is time to. gRPC may call back at once on this thread, so the lock is given up before; the
// flags set under it make sure that only one thread gets here.
void HomeStream::Pump() {
  std::optional<grpc::Status> end;
  {
    const std::lock_guard lock(mutex_);
    if (writing_ || finished_) return;
    if (end_.has_value()) {
      finished_ = true;
      end = end_;
    } else if (pending_.has_value()) {
      writing_ = true;
      outgoing_ = rpc::ToByteBuffer(std::make_shared<const std::string>(*std::exchange(pending_, std::nullopt)));
      last_sent_ = absl::Now();
    } else {
      return;
    }
  }
  if (end.has_value()) {
    Finish(*end);
  } else {
    StartWrite(&outgoing_);
  }
}

void HomeStream::OnWriteDone(bool ok) {
  {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok && !end_.has_value()) end_ = grpc::Status::CANCELLED;
  }
  Pump();
}

void HomeStream::OnCancel() { End(absl::CancelledError("the client has gone")); }

void HomeStream::OnDone() {
  const std::shared_ptr<HomeStream> self = std::move(self_);
  std::unique_ptr<HomeFeed> feed;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
    feed = std::move(feed_);
    timer_->Cancel();
    slot_ = {};
  }
  on_gone_(this);
}

void HomeStream::Tick() {
  const absl::Time now = absl::Now();
  {
    const std::lock_guard lock(mutex_);
    if (end_.has_value()) return;
    if (const absl::Status overdue = Overdue(now); !overdue.ok()) {
      end_ = rpc::ToGrpc(overdue, kErrorDomain);
    } else {
      if (!writing_ && !pending_.has_value() && now >= last_sent_ + times_.heartbeat) {
        WatchHomeResponse heartbeat;
        heartbeat.mutable_heartbeat();
        heartbeat.set_resume_token(resume_token_);
        pending_ = heartbeat.SerializeAsString();
      }
      SetTimer();
    }
  }
  Pump();
}

absl::Status HomeStream::Overdue(absl::Time now) const {
  if (now >= token_expiry_) return TokenExpired();
  if (now >= start_time_ + times_.max_age) return WatchTooOld();
  return absl::OkStatus();
}

void HomeStream::SetTimer() {
  const absl::Time now = absl::Now();
  const absl::Time silence_ends = last_sent_ + times_.heartbeat;
  const absl::Time beat = silence_ends > now ? silence_ends : now + times_.heartbeat;
  const absl::Time next = std::min({beat, token_expiry_, start_time_ + times_.max_age});
  timer_ = std::make_unique<grpc::Alarm>();
  timer_->Set(absl::ToChronoTime(next), [weak = weak_from_this()](bool due) {
    const auto self = weak.lock();
    if (due && self != nullptr) self->Tick();
  });
}

}  // namespace edirae::gateway
