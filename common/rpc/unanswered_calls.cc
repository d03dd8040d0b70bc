#include "common/rpc/unanswered_calls.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/limits.h"
#include "common/status/error.h"

namespace edirae::rpc {

absl::Status TooManyUnanswered() {
  return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_UNANSWERED",
                   "too many calls wait for a service; retry after a pause");
}

absl::Status ServiceUnavailable() {
  return MakeError(absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE",
                   "a service behind this one cannot be reached; retry after a pause");
}

UnansweredCalls::UnansweredCalls() : sweeper_([this] { Sweep(); }) {}

UnansweredCalls::~UnansweredCalls() { Stop(ServiceUnavailable()); }

absl::StatusOr<uint64_t> UnansweredCalls::Add(Done& done, absl::Time deadline) {
  if (deadline <= absl::Now()) {
    return absl::DeadlineExceededError("the deadline passed before a service was called");
  }
  const std::lock_guard lock(mutex_);
  if (stopping_) return ServiceUnavailable();
  if (waiting_.size() >= limits::kMaxUnanswered) return TooManyUnanswered();
  const uint64_t id = next_id_++;
  waiting_.emplace(id, Waiting{std::move(done), deadline});
  return id;
}

void UnansweredCalls::Answer(uint64_t id, absl::StatusOr<Bytes> response) {
  Done done;
  {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) return;
    done = std::move(found->second.done);
    waiting_.erase(found);
    ++completing_;
  }
  std::move(done)(std::move(response));
  done = nullptr;  // with what it holds
  EndCompleting();
}

std::vector<Done> UnansweredCalls::TakeAll() {
  std::vector<Done> all;
  const std::lock_guard lock(mutex_);
  for (auto& [id, call] : waiting_) all.push_back(std::move(call.done));
  waiting_.clear();
  ++completing_;
  return all;
}

void UnansweredCalls::Fail(std::vector<Done> taken, const absl::Status& status) {
  for (Done& done : taken) std::move(done)(status);
  taken.clear();
  EndCompleting();
}

void UnansweredCalls::EndCompleting() {
  const std::lock_guard lock(mutex_);
  if (--completing_ == 0 && stopping_) changed_.notify_all();
}

void UnansweredCalls::Stop(const absl::Status& status) {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (sweeper_.joinable()) sweeper_.join();
  Fail(TakeAll(), status);
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return completing_ == 0; });
}

void UnansweredCalls::Sweep() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait_for(lock, absl::ToChronoMilliseconds(limits::kDeadlineSweep));
    std::vector<Done> late = TakeLate();
    lock.unlock();
    for (Done& done : late) {
      std::move(done)(absl::DeadlineExceededError("a service did not answer within the caller's deadline"));
    }
    late.clear();
    lock.lock();
  }
}

std::vector<Done> UnansweredCalls::TakeLate() {
  const absl::Time now = absl::Now();
  std::vector<Done> late;
  absl::erase_if(waiting_, [&](auto& call) {
    if (call.second.deadline > now) return false;
    late.push_back(std::move(call.second.done));
    return true;
  });
  return late;
}

}  // namespace edirae::rpc
