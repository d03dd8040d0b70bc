#include "bench/limits/sqlite.h"
#include "bench/measure/measurements.h"
#include "bench/measure/record_batches.h"
#include "bench/platform/rest.h"
#include "common/status/macros.h"
#include "common/testing/temp_folder.h"

namespace edirae::bench {
namespace {

absl::StatusOr<double> MeasureLimit(const Conditions& conditions) {
  const testing::TempFolder folder;
  conditions.progress.Show("durable_batch: bare SQLite");
  EDIRAE_RETURN_IF_ERROR(WaitForRest(kRestPatience, conditions.interrupt));
  return MeasureSqlite(folder.path(), conditions.window / 2, conditions.interrupt);
}

}  // namespace

absl::Status MeasureDurableBatch(const Conditions& conditions, const Classroom& classroom, Results& results) {
  EDIRAE_ASSIGN_OR_RETURN(const double before, MeasureLimit(conditions));
  conditions.progress.Show("durable_batch");
  EDIRAE_RETURN_IF_ERROR(WaitForRest(kRestPatience, conditions.interrupt));
  EDIRAE_ASSIGN_OR_RETURN(const double rate, RecordBatches(conditions, classroom));
  EDIRAE_ASSIGN_OR_RETURN(const double after, MeasureLimit(conditions));
  results.push_back({.name = "durable_batch", .value = rate, .unit = "events/s", .limit = (before + after) / 2});
  return absl::OkStatus();
}

}  // namespace edirae::bench
