#ifndef EDIRAE_BENCH_MEASURE_MEASUREMENTS_H_
#define EDIRAE_BENCH_MEASURE_MEASUREMENTS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "bench/measure/conditions.h"
#include "bench/platform/classroom.h"
#include "bench/report/report.h"

// Every measurement appends what it found to `results`, or says why it could not measure. docs/benchmarks.md describes
// them.
namespace edirae::bench {

using Results = std::vector<Result>;

// Bare things: nothing of the platform runs.
absl::Status MeasureEchoOf64(const Conditions& conditions, Results& results);
absl::Status MeasureBareJetStream(const Conditions& conditions, Results& results);
absl::Status MeasureBareSqlite(const Conditions& conditions, Results& results);

// A generated catalog of 10,000 concepts and 100,000 questions: loading it, and reading from the catalog program alone.
absl::Status MeasureCatalogScale(const Conditions& conditions, Results& results);

// recommend's domain in memory, on one core: choosing at 24 and 10,000 concepts, and folding.
absl::Status MeasureSuggestions(const Conditions& conditions, Results& results);

// recommend's checkpoints and states in memory, inside this program, with 1,000 and 1,000,000 learners of 24 concepts.
absl::Status MeasureStateScale(const Conditions& conditions, Results& results);

// progress's relay publishes a ledger to a stream that was not there.
absl::Status MeasureRelay(const Conditions& conditions, Results& results);

// progress's ledger, inside this program: with 1,000 and 1,000,000 learners, and with a history of 100 and 100,000
// events.
absl::Status MeasureManyLearners(const Conditions& conditions, Results& results);
absl::Status MeasureLongHistory(const Conditions& conditions, Results& results);

// A recommend without a past reads a stream of events.
absl::Status MeasureCatchUp(const Conditions& conditions, Results& results);

// The large catalog on a platform of its own, from the programs in a folder: how long until every service answers by a
// new revision, what becomes of calls meanwhile, and searching it.
absl::Status MeasureCatalogSwitch(const Conditions& conditions, const std::string& programs, Results& results);

// Batches of answers on a platform of its own, from the same programs, whose ledger is in PostgreSQL.
absl::Status MeasurePostgresBatch(const Conditions& conditions, const std::string& programs, Results& results);

// The disk below the ledger of a platform of its own fills up and is freed. PERMISSION_DENIED without the right to
// mount.
absl::Status MeasureDiskFull(const Conditions& conditions, const std::string& programs, Results& results);

// On a platform of separate processes; the class has a history.
absl::Status MeasureCatalogRead(const Conditions& conditions, const Classroom& classroom, Results& results);
absl::Status MeasureHomeSplit(const Conditions& conditions, const Classroom& classroom, Results& results);
absl::Status MeasureFreshness(const Conditions& conditions, const Classroom& classroom, Results& results);
absl::Status MeasureChange(const Conditions& conditions, const Classroom& classroom, Results& results);
absl::Status MeasureDurableAnswer(const Conditions& conditions, const Classroom& classroom, Results& results);
absl::Status MeasureDurableAnswerOne(const Conditions& conditions, const Classroom& classroom, Results& results);
absl::Status MeasureProgressAnswers(const Conditions& conditions, const Classroom& classroom, Results& results);
absl::Status MeasureDurableBatch(const Conditions& conditions, const Classroom& classroom, Results& results);
// Stops recommend and the bus, for good.
absl::Status MeasureLedgerAnswers(const Conditions& conditions, const Classroom& classroom, Results& results);

// On a platform of one process; the class has a history.
absl::Status MeasureHomeOne(const Conditions& conditions, const Classroom& classroom, Results& results);

// Lets every learner answer a dozen questions. Part of no measurement.
absl::Status GiveHistory(const Conditions& conditions, const Classroom& classroom);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_MEASUREMENTS_H_
