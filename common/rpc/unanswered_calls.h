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

// The calls that a client waits for, of which it gives up each at its deadline, within limits::kDeadlineSweep. Each is
// completed exactly once, never under a lock of this object. Thread-safe.
class UnansweredCalls {
 public:
  UnansweredCalls();
  ~UnansweredCalls();  // Stop() came before, or nothing waits

  // A number for the call, never 0 and never given twice, under which `done` waits from now on. DEADLINE_EXCEEDED for a
  // deadline that has passed, RESOURCE_EXHAUSTED while limits::kMaxUnanswered wait, UNAVAILABLE after Stop: then `done`
  // stays the caller's.
  absl::StatusOr<uint64_t> Add(Done& done, absl::Time deadline);

  // Whoever waits for the answer to the call, for the caller to complete; null when nobody does any more.
  Done Take(uint64_t id);

  // Everybody who waits, for the caller to complete.
  std::vector<Done> TakeAll();

  // Ends the thread that looks for deadlines and completes all with `status`; nothing waits afterwards. Not from
  // `done`.
  void Stop(const absl::Status& status);

 private:
  struct Waiting {
    Done done;
    absl::Time deadline;
  };

  void Sweep();
  std::vector<Done> TakeLate() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::mutex mutex_;
  std::condition_variable stopped_;
  absl::flat_hash_map<uint64_t, Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_id_ ABSL_GUARDED_BY(mutex_) = 1;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread sweeper_;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_UNANSWERED_CALLS_H_
