#include "common/health/store_watch.h"

#include <utility>

#include "common/log/log.h"
#include "common/process/this_thread.h"

namespace edirae::health {

StoreWatch::StoreWatch(StoreWatchOptions options) : options_(std::move(options)), thread_([this] { Run(); }) {}

StoreWatch::~StoreWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_requested_.notify_all();
  thread_.join();
}

void StoreWatch::Run() {
  process::NameThread("store-watch");
  while (true) {
    Take(options_.probe());
    std::unique_lock lock(mutex_);
    if (stop_requested_.wait_for(lock, absl::ToChronoNanoseconds(options_.period),
                                 [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; })) {
      return;
    }
  }
}

void StoreWatch::Take(const absl::Status& status) {
  options_.up->Set(status.ok() ? 1 : 0);
  if (last_ == status.code()) return;
  const bool was_down = last_.has_value() && *last_ != absl::StatusCode::kOk;
  last_ = status.code();
  if (!status.ok()) {
    log::Error("the store does not work", {{"error", status}});
  } else if (was_down) {
    log::Warn("the store works again");
  }
  options_.on_change(status);
}

}  // namespace edirae::health
