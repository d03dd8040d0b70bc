#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/limits/echo.h"
#include "bench/measure/compare.h"
#include "bench/measure/measurements.h"
#include "bench/platform/loads.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

absl::StatusOr<Result> MeasureRead(const Conditions& conditions, const std::string& name, const Load& load,
                                   double least) {
  EDIRAE_ASSIGN_OR_RETURN(const int bytes, ResponseBytes(load));
  EDIRAE_ASSIGN_OR_RETURN(const Comparison found, CompareWithEcho(conditions, name, bytes, load));
  return Result{.name = name,
                .value = found.subject.per_second,
                .unit = "calls/s",
                .limit = found.echo_per_second,
                .least = least};
}

// The same answer from a server that does nothing but hand it out: where catalog_read would end at best.
absl::Status MeasureReadyMade(const Conditions& conditions, const Load& load, double echo, Results& results) {
  conditions.progress.Show("ready_made_roadmap");
  Call call;
  load.next(0, call);
  EDIRAE_ASSIGN_OR_RETURN(const int bytes, ResponseBytes(load));
  EDIRAE_ASSIGN_OR_RETURN(const auto server, EchoProcess::Start(bytes));
  const Load fetch = server->FetchLoad(static_cast<int>(call.request.Length()));
  EDIRAE_ASSIGN_OR_RETURN(const LoadResult found, RunUnder(conditions, fetch, conditions.window / 2));
  results.push_back({.name = "ready_made_roadmap", .value = found.per_second, .unit = "calls/s", .limit = echo});
  return absl::OkStatus();
}

}  // namespace

absl::Status MeasureCatalogRead(const Conditions& conditions, const Classroom& classroom, Results& results) {
  const Load load = RoadmapLoad(classroom);
  EDIRAE_ASSIGN_OR_RETURN(const Result read, MeasureRead(conditions, "catalog_read", load, 1.0));
  results.push_back(read);
  return MeasureReadyMade(conditions, load, read.limit, results);
}

absl::Status MeasureHomeSplit(const Conditions& conditions, const Classroom& classroom, Results& results) {
  EDIRAE_ASSIGN_OR_RETURN(auto home, MeasureRead(conditions, "home_split", HomeLoad(classroom), 0.35));
  results.push_back(std::move(home));
  return absl::OkStatus();
}

absl::Status MeasureHomeOne(const Conditions& conditions, const Classroom& classroom, Results& results) {
  EDIRAE_ASSIGN_OR_RETURN(auto home, MeasureRead(conditions, "home_one", HomeLoad(classroom), 0.40));
  results.push_back(std::move(home));
  return absl::OkStatus();
}

}  // namespace edirae::bench
