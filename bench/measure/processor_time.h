#ifndef EDIRAE_BENCH_MEASURE_PROCESSOR_TIME_H_
#define EDIRAE_BENCH_MEASURE_PROCESSOR_TIME_H_

#include "absl/time/time.h"

namespace edirae::bench {

// What all threads of this process have used so far. Other programs on the machine lengthen it little.
absl::Duration ProcessorTime();

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_PROCESSOR_TIME_H_
