#ifndef EDIRAE_BENCH_LOAD_INTERRUPT_H_
#define EDIRAE_BENCH_LOAD_INTERRUPT_H_

#include <condition_variable>
#include <mutex>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"

namespace edirae::bench {

// Ctrl-C as a value that every wait of the benchmark looks at, so that servers are stopped and folders removed on the
// way out. Thread-safe.
class Interrupt {
 public:
  void Raise();

  // CANCELLED once it was raised.
  absl::Status Check() const;

  // Waits for `duration`; less, and CANCELLED, when it is raised.
  absl::Status Pause(absl::Duration duration) const;

 private:
  absl::Status StatusNow() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool raised_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LOAD_INTERRUPT_H_
