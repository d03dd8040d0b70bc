#ifndef EDIRAE_BENCH_PLATFORM_REST_H_
#define EDIRAE_BENCH_PLATFORM_REST_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "bench/load/interrupt.h"

namespace edirae::bench {

// Waits until this program's children, and theirs, together use less than a tenth of a core for half a second: the
// outbox is published and the suggestions have caught up, so that what is measured next has the machine for itself.
// DEADLINE_EXCEEDED when they are busy for longer than `patience`.
// How long a measurement waits for it.
inline constexpr absl::Duration kRestPatience = absl::Seconds(90);

absl::Status WaitForRest(absl::Duration patience, const Interrupt& interrupt);

// The same of this program itself: what it does in the background has been done.
absl::Status WaitForOwnRest(absl::Duration patience, const Interrupt& interrupt);

// Tells how busy the machine was with other things, which spoils every figure.
class OtherPrograms {
 public:
  OtherPrograms();

  // Part of all processor time since construction, 0 to 1, that went to programs other than this one and its children.
  double ProcessorShare() const;

 private:
  const int64_t machine_;  // ticks, busy or not
  const int64_t others_;   // ticks, busy
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_PLATFORM_REST_H_
