#ifndef EDIRAE_COMMON_RPC_UNANSWERED_CALLS_H_
#define EDIRAE_COMMON_RPC_UNANSWERED_CALLS_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/call.h"

namespace edirae::rpc {

// RESOURCE_EXHAUSTED with reason TOO_MANY_UNANSWERED.
absl::Status TooManyUnanswered();
// UNAVAILABLE with reason SERVICE_UNAVAILABLE: the outcome is unknown.
absl::Status ServiceUnavailable();

// The calls that a client waits for, of which it gives up each at its deadline, within limits::kDeadlineSweep. Each is
// completed exactly once, never under a lock of this object. Thread-safe.
class UnansweredCalls {
 public:
  UnansweredCalls();
  ~UnansweredCalls();  // Stop()

  // A number for the call, never 0 and never given twice, under which `done` waits from now on. DEADLINE_EXCEEDED for a
  // deadline that has passed, RESOURCE_EXHAUSTED while limits::kMaxUnanswered wait, UNAVAILABLE after Stop: then `done`
  // stays the caller's.
  absl::StatusOr<uint64_t> Add(Done& done, absl::Time deadline);

  // Completes the call, unless that has happened.
  void Answer(uint64_t id, absl::StatusOr<Bytes> response);

  // Everybody who waits now, to be completed with Fail, which has to follow.
  std::vector<Done> TakeAll();
  void Fail(std::vector<Done> taken, const absl::Status& status);

  // Completes all with `status`, and returns when no call is being completed any more. Idempotent. Not from `done`.
  void Stop(const absl::Status& status);

 private:
  struct Waiting {
    Done done;
    absl::Time deadline;
  };

  void EndCompleting();
  void Sweep();
  std::vector<Done> TakeLate() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::mutex mutex_;
  std::condition_variable changed_;
  absl::flat_hash_map<uint64_t, Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_id_ ABSL_GUARDED_BY(mutex_) = 1;
  int completing_ ABSL_GUARDED_BY(mutex_) = 0;  // calls of Answer, and what was taken
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread sweeper_;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_UNANSWERED_CALLS_H_
