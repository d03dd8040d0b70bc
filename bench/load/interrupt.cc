#include "bench/load/interrupt.h"

namespace edirae::bench {

void Interrupt::Raise() {
  const std::lock_guard lock(mutex_);
  raised_ = true;
  changed_.notify_all();
}

absl::Status Interrupt::Check() const { return Pause(absl::ZeroDuration()); }

absl::Status Interrupt::Pause(absl::Duration duration) const {
  std::unique_lock lock(mutex_);
  const bool raised = changed_.wait_for(lock, absl::ToChronoNanoseconds(duration), [this] { return raised_; });
  return raised ? absl::CancelledError("interrupted") : absl::OkStatus();
}

}  // namespace edirae::bench
