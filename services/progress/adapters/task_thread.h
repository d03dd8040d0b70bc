#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_TASK_THREAD_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_TASK_THREAD_H_

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

namespace edirae::progress {

// Runs what must not block a handler, one task after the other, in order. Thread-safe.
class TaskThread {
 public:
  using Task = absl::AnyInvocable<void() &&>;

  explicit TaskThread(size_t max_waiting);
  ~TaskThread();  // Stop()

  // RESOURCE_EXHAUSTED when too many are waiting, UNAVAILABLE when it is stopping; the task is left with the caller
  // then.
  absl::Status Submit(Task& task);

  // Runs what is waiting, then ends the thread. Idempotent.
  void Stop();

 private:
  void Run();

  const size_t max_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_TASK_THREAD_H_
