#ifndef EDIRAE_COMMON_PROCESS_TASK_THREAD_H_
#define EDIRAE_COMMON_PROCESS_TASK_THREAD_H_

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

namespace edirae::process {

// Runs what must not block a handler, one task after the other, in order. Thread-safe.
class TaskThread {
 public:
  using Task = absl::AnyInvocable<void() &&>;

  // What `Submit` answers when it takes no task.
  struct Refusals {
    absl::Status full;      // too many are waiting
    absl::Status stopping;  // the thread ends
  };

  // `name` as for NameThread.
  TaskThread(std::string name, size_t max_waiting, Refusals refusals);
  ~TaskThread();  // Stop()

  // One of the refusals when the task is left with the caller.
  absl::Status Submit(Task& task);

  // Runs what is waiting, then ends the thread. Idempotent.
  void Stop();

 private:
  void Run();

  const std::string name_;
  const size_t max_waiting_;
  const Refusals refusals_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

// Runs a task on `thread`, which gives `done` to `work`; `done` gets the refusal when the thread cannot take it.
template <class Done, class Work>
void RunOn(TaskThread& thread, Done done, Work work) {
  auto held = std::make_unique<Done>(std::move(done));
  Done& unmoved = *held;  // stays where it is when the task is refused
  TaskThread::Task task = [held = std::move(held), work = std::move(work)]() mutable { work(std::move(*held)); };
  if (absl::Status refusal = thread.Submit(task); !refusal.ok()) std::move(unmoved)(std::move(refusal));
}

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_TASK_THREAD_H_
