#ifndef EDIRAE_BENCH_PLATFORM_STEADY_CALLS_H_
#define EDIRAE_BENCH_PLATFORM_STEADY_CALLS_H_

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "bench/platform/classroom.h"

namespace edirae::bench {

// Learners who go on reading, searching and answering at an even pace while something else happens, and how many of
// their calls fail. The classroom must outlive it.
class SteadyCalls {
 public:
  SteadyCalls(const Classroom& classroom, int per_second);
  ~SteadyCalls() { Stop(); }

  // Waits for the calls under way. Idempotent.
  void Stop();

  int64_t made() const { return made_; }
  int64_t failed() const { return failed_; }
  absl::Duration slowest();
  absl::Status first_failure();

 private:
  void Run(int lane, absl::Duration pace);
  // Makes call number `number`.
  absl::Status Call(int64_t number) const;

  const Classroom& classroom_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int64_t> made_ = 0;
  std::atomic<int64_t> failed_ = 0;
  std::mutex mutex_;
  absl::Duration slowest_ ABSL_GUARDED_BY(mutex_);
  absl::Status first_failure_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_PLATFORM_STEADY_CALLS_H_
