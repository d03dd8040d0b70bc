#include <memory>
#include <string>

#include "bench/limits/postgres.h"
#include "bench/measure/measurements.h"
#include "bench/measure/record_batches.h"
#include "bench/platform/rest.h"
#include "common/status/macros.h"
#include "common/testing/postgres_server.h"

namespace edirae::bench {
namespace {

constexpr int kLearnersInClass = 10;  // none of them takes part
constexpr double kPromisedPart = 0.5;

absl::StatusOr<double> MeasurePostgresLimit(const Conditions& conditions, testing::PostgresServer& server,
                                            const std::string& database) {
  conditions.progress.Show("postgres_batch: bare PostgreSQL");
  EDIRAE_ASSIGN_OR_RETURN(const std::string url, server.NewDatabase(database));
  EDIRAE_RETURN_IF_ERROR(WaitForRest(kRestPatience, conditions.interrupt));
  return MeasurePostgres(url, conditions.window / 2, conditions.interrupt);
}

}  // namespace

absl::Status MeasurePostgresBatch(const Conditions& conditions, const std::string& programs, Results& results) {
  EDIRAE_ASSIGN_OR_RETURN(const auto server, testing::PostgresServer::Start({.fsync = true}));
  EDIRAE_ASSIGN_OR_RETURN(const double before, MeasurePostgresLimit(conditions, *server, "limit_before"));
  testing::PlatformOptions options;
  options.programs = programs;
  options.log_level = "warn";
  options.cancelled = [&conditions] { return !conditions.interrupt.Check().ok(); };
  EDIRAE_ASSIGN_OR_RETURN(options.ledger_url, server->NewDatabase("ledger"));
  EDIRAE_ASSIGN_OR_RETURN(const auto platform, testing::Platform::StartSplit(options));
  EDIRAE_ASSIGN_OR_RETURN(const auto classroom, Classroom::Open(*platform, kLearnersInClass));
  conditions.progress.Show("postgres_batch");
  EDIRAE_RETURN_IF_ERROR(WaitForRest(kRestPatience, conditions.interrupt));
  EDIRAE_ASSIGN_OR_RETURN(const double rate, RecordBatches(conditions, *classroom));
  EDIRAE_ASSIGN_OR_RETURN(const double after, MeasurePostgresLimit(conditions, *server, "limit_after"));
  results.push_back({.name = "postgres_batch",
                     .value = rate,
                     .unit = "events/s",
                     .limit = (before + after) / 2,
                     .least = kPromisedPart});
  return absl::OkStatus();
}

}  // namespace edirae::bench
