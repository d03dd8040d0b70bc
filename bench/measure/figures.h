#ifndef EDIRAE_BENCH_MEASURE_FIGURES_H_
#define EDIRAE_BENCH_MEASURE_FIGURES_H_

#include "absl/time/time.h"

namespace edirae::bench {

inline constexpr double kMegabyte = 1024 * 1024;

// How much more something may cost with 1,000,000 learners than with 1,000.
inline constexpr double kAllowedGrowth = 1.3;

inline double Micros(absl::Duration duration) { return absl::ToDoubleMicroseconds(duration); }

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_FIGURES_H_
