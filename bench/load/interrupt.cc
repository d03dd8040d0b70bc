#include "bench/load/interrupt.h"

namespace edirae::bench {

void Interrupt::Raise() {
  const std::lock_guard lock(mutex_);
  raised_ = true;
  changed_.notify_all();
}

absl::Status Interrupt::Check() const {
  // Not a pause of no length: even that takes 50 µs and more.
  const std::lock_guard lock(mutex_);
  return StatusNow();
}

absl::Status Interrupt::Pause(absl::Duration duration) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoNanoseconds(duration), [this] { return raised_; });
  return StatusNow();
}

absl::Status Interrupt::StatusNow() const { return raised_ ? absl::CancelledError("interrupted") : absl::OkStatus(); }

}  // namespace edirae::bench
