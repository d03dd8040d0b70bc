#ifndef EDIRAE_BENCH_MEASURE_COMPARE_H_
#define EDIRAE_BENCH_MEASURE_COMPARE_H_

#include <string>

#include "absl/status/statusor.h"
#include "bench/load/generator.h"
#include "bench/measure/conditions.h"

namespace edirae::bench {

struct Comparison {
  LoadResult subject;
  double echo_per_second = 0;  // mean of the echo before and the echo after
};

// Runs `subject` between two runs of a bare echo of `bytes` bytes with the same concurrency, each when the rest of the
// platform has come to rest. `subject` lacks its times and concurrency, which come from the conditions. `what` is
// shown. Errors of the loads; DEADLINE_EXCEEDED when the platform does not come to rest.
absl::StatusOr<Comparison> CompareWithEcho(const Conditions& conditions, const std::string& what, int bytes,
                                           Load subject);

// Runs `load` for `window` after the conditions' warm-up.
absl::StatusOr<LoadResult> RunUnder(const Conditions& conditions, Load load, absl::Duration window);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_COMPARE_H_
