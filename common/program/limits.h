#ifndef EDIRAE_COMMON_PROGRAM_LIMITS_H_
#define EDIRAE_COMMON_PROGRAM_LIMITS_H_

#include "absl/time/time.h"

namespace edirae::program::limits {

// From SIGTERM to the end of a program that is one service, whatever its clients and the bus do: with a drain delay of
// 2 s, 10 s for calls under way, and what waits for a bus that does not answer. Whoever kills programs that do not
// stop, as Kubernetes does, must wait longer.
inline constexpr absl::Duration kMaxStop = absl::Seconds(30);

// The same for `edirae serve`, which stops four services and nats-server one after the other.
inline constexpr absl::Duration kMaxStopOfAll = absl::Seconds(60);

}  // namespace edirae::program::limits

#endif  // EDIRAE_COMMON_PROGRAM_LIMITS_H_
