#ifndef EDIRAE_BENCH_LIMITS_SQLITE_H_
#define EDIRAE_BENCH_LIMITS_SQLITE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bench/load/interrupt.h"

namespace edirae::bench {

// Rows of the ledger's shape a second that SQLite takes with WAL and synchronous=FULL, 128 of one learner a commit,
// from one thread that does nothing else. `folder` is for the file.
absl::StatusOr<double> MeasureSqlite(const std::string& folder, absl::Duration window, const Interrupt& interrupt);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LIMITS_SQLITE_H_
