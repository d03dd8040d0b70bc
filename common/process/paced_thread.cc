#include "common/process/paced_thread.h"

#include <utility>

#include "common/process/this_thread.h"

namespace edirae::process {

PacedThread::PacedThread(std::string name, Turn turn)
    : name_(std::move(name)),
      turn_(std::move(turn)),
      prompt_([this] { Run(Pace::kPrompt); }),
      yielding_([this] { Run(Pace::kYielding); }) {}

PacedThread::~PacedThread() { Join(); }

void PacedThread::Join() {
  if (prompt_.joinable()) prompt_.join();
  if (yielding_.joinable()) yielding_.join();
}

void PacedThread::Run(Pace own) {
  NameThread(name_.c_str());
  if (own == Pace::kYielding) YieldToForeground();
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return pace_ == own || pace_ == Pace::kStop; });
    if (pace_ == Pace::kStop) return;
    lock.unlock();
    const Pace next = turn_();
    lock.lock();
    pace_ = next;
    if (next != own) changed_.notify_one();
  }
}

}  // namespace edirae::process
