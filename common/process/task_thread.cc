#include "common/process/task_thread.h"

#include <utility>

#include "common/process/this_thread.h"

namespace edirae::process {

TaskThread::TaskThread(std::string name, size_t max_waiting, Refusals refusals)
    : name_(std::move(name)), max_waiting_(max_waiting), refusals_(std::move(refusals)), thread_([this] { Run(); }) {}

TaskThread::~TaskThread() { Stop(); }

absl::Status TaskThread::Submit(Task& task) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return refusals_.stopping;
  if (tasks_.size() >= max_waiting_) return refusals_.full;
  tasks_.push_back(std::move(task));
  changed_.notify_one();
  return absl::OkStatus();
}

void TaskThread::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void TaskThread::Run() {
  NameThread(name_.c_str());
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    std::move(task)();
    lock.lock();
  }
}

}  // namespace edirae::process
