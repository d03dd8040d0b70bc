#ifndef EDIRAE_BENCH_MEASURE_RECORD_BATCHES_H_
#define EDIRAE_BENCH_MEASURE_RECORD_BATCHES_H_

#include "absl/status/statusor.h"
#include "bench/measure/conditions.h"
#include "bench/platform/classroom.h"

namespace edirae::bench {

// Lets two streams record batches of answers at the platform's progress for the conditions' window; actions a second,
// from the first batch to the answer that the last is on disk.
absl::StatusOr<double> RecordBatches(const Conditions& conditions, const Classroom& classroom);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_RECORD_BATCHES_H_
