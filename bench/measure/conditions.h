#ifndef EDIRAE_BENCH_MEASURE_CONDITIONS_H_
#define EDIRAE_BENCH_MEASURE_CONDITIONS_H_

#include "absl/time/time.h"
#include "bench/load/interrupt.h"
#include "bench/report/progress_line.h"

namespace edirae::bench {

// What is the same for every measurement of a run. The references must outlive it.
struct Conditions {
  absl::Duration window;  // of one measurement
  int concurrency = 100;  // calls in flight
  const Interrupt& interrupt;
  ProgressLine& progress;

  absl::Duration warm_up() const { return window / 4; }
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_CONDITIONS_H_
