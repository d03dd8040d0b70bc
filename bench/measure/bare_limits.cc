#include "bench/limits/echo.h"
#include "bench/limits/jetstream.h"
#include "bench/limits/sqlite.h"
#include "bench/measure/compare.h"
#include "bench/measure/measurements.h"
#include "common/status/macros.h"
#include "common/testing/temp_folder.h"

namespace edirae::bench {
namespace {

constexpr int kSmallPayload = 64;

// A limit is its own limit.
Result Limit(const std::string& name, double value, const std::string& unit) {
  return {.name = name, .value = value, .unit = unit, .limit = value};
}

}  // namespace

absl::Status MeasureEchoOf64(const Conditions& conditions, Results& results) {
  conditions.progress.Show("bare echo of 64 bytes");
  EDIRAE_ASSIGN_OR_RETURN(const auto echo, EchoProcess::Start(kSmallPayload));
  EDIRAE_ASSIGN_OR_RETURN(const LoadResult load, RunUnder(conditions, echo->EchoLoad(), conditions.window));
  results.push_back(Limit("echo_64", load.per_second, "calls/s"));
  return absl::OkStatus();
}

absl::Status MeasureBareJetStream(const Conditions& conditions, Results& results) {
  conditions.progress.Show("bare JetStream");
  const testing::TempFolder folder;
  EDIRAE_ASSIGN_OR_RETURN(const double rate, MeasureJetStream(folder.path(), conditions.window, conditions.interrupt));
  results.push_back(Limit("jetstream_publish", rate, "messages/s"));
  return absl::OkStatus();
}

absl::Status MeasureBareSqlite(const Conditions& conditions, Results& results) {
  conditions.progress.Show("bare SQLite");
  const testing::TempFolder folder;
  EDIRAE_ASSIGN_OR_RETURN(const double rate, MeasureSqlite(folder.path(), conditions.window, conditions.interrupt));
  results.push_back(Limit("sqlite_commit", rate, "events/s"));
  return absl::OkStatus();
}

}  // namespace edirae::bench
