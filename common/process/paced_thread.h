#ifndef EDIRAE_COMMON_PROCESS_PACED_THREAD_H_
#define EDIRAE_COMMON_PROCESS_PACED_THREAD_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"

namespace edirae::process {

// How the next turn of a PacedThread is run.
enum class Pace {
  kPrompt,    // as by any thread
  kYielding,  // as after YieldToForeground: it may lag, so that others go first
  kStop,      // there is none
};

// Calls `turn` again and again, one call after the other, each as the one before has said; the first promptly. Behind
// it are two threads, since one that gave up its priority could not take it back without a privilege.
class PacedThread {
 public:
  using Turn = std::function<Pace()>;

  // `name` as for NameThread.
  PacedThread(std::string name, Turn turn);
  ~PacedThread();  // Join()

  // Waits until a turn has said to stop: whoever calls this has told it before. Idempotent.
  void Join();

 private:
  void Run(Pace own);

  const std::string name_;
  const Turn turn_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Pace pace_ ABSL_GUARDED_BY(mutex_) = Pace::kPrompt;  // of the turn that runs or comes next
  std::thread prompt_;
  std::thread yielding_;
};

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_PACED_THREAD_H_
