#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/limits/echo.h"
#include "bench/measure/compare.h"
#include "bench/measure/measurements.h"
#include "bench/platform/loads.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

absl::StatusOr<Result> MeasureRead(const Conditions& conditions, const std::string& name, const Classroom& classroom,
                                   const Load& load, double least) {
  EDIRAE_ASSIGN_OR_RETURN(const int bytes, ResponseBytes(classroom, load));
  EDIRAE_ASSIGN_OR_RETURN(const Comparison found, CompareWithEcho(conditions, name, bytes, load));
  return Result{.name = name,
                .value = found.subject.per_second,
                .unit = "calls/s",
                .limit = found.echo_per_second,
                .least = least};
}

}  // namespace

absl::Status MeasureCatalogRead(const Conditions& conditions, const Classroom& classroom, Results& results) {
  const Load load = RoadmapLoad(classroom);
  EDIRAE_ASSIGN_OR_RETURN(auto read, MeasureRead(conditions, "catalog_read", classroom, load, 1.0));
  results.push_back(std::move(read));
  return absl::OkStatus();
}

absl::Status MeasureHomeSplit(const Conditions& conditions, const Classroom& classroom, Results& results) {
  EDIRAE_ASSIGN_OR_RETURN(auto home, MeasureRead(conditions, "home_split", classroom, HomeLoad(classroom), 0.35));
  results.push_back(std::move(home));
  return absl::OkStatus();
}

absl::Status MeasureHomeOne(const Conditions& conditions, const Classroom& classroom, Results& results) {
  EDIRAE_ASSIGN_OR_RETURN(auto home, MeasureRead(conditions, "home_one", classroom, HomeLoad(classroom), 0.40));
  results.push_back(std::move(home));
  return absl::OkStatus();
}

}  // namespace edirae::bench
