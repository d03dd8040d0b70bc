#ifndef EDIRAE_BENCH_LIMITS_POSTGRES_H_
#define EDIRAE_BENCH_LIMITS_POSTGRES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bench/load/interrupt.h"

namespace edirae::bench {

// Rows of the ledger's shape a second that PostgreSQL takes in its tables and indexes, 128 of one learner a commit,
// each commit one statement, over one connection that does nothing else. `url` is of an empty database.
absl::StatusOr<double> MeasurePostgres(const std::string& url, absl::Duration window, const Interrupt& interrupt);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LIMITS_POSTGRES_H_
