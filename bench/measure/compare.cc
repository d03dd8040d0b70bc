#include "bench/measure/compare.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/limits/echo.h"
#include "bench/platform/rest.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

absl::StatusOr<double> MeasureEcho(const Conditions& conditions, const EchoProcess& echo) {
  EDIRAE_RETURN_IF_ERROR(WaitForRest(kRestPatience, conditions.interrupt));
  EDIRAE_ASSIGN_OR_RETURN(const LoadResult result, RunUnder(conditions, echo.EchoLoad(), conditions.window / 2));
  return result.per_second;
}

}  // namespace

absl::StatusOr<LoadResult> RunUnder(const Conditions& conditions, Load load, absl::Duration window) {
  load.concurrency = conditions.concurrency;
  load.warm_up = conditions.warm_up();
  load.window = window;
  return RunLoad(load, conditions.interrupt);
}

absl::StatusOr<Comparison> CompareWithEcho(const Conditions& conditions, const std::string& what, int bytes,
                                           Load subject) {
  EDIRAE_ASSIGN_OR_RETURN(const auto echo, EchoProcess::Start(bytes));
  const std::string echo_of_size = absl::StrCat(": bare echo of ", bytes, " bytes");
  conditions.progress.Show(absl::StrCat(what, echo_of_size));
  EDIRAE_ASSIGN_OR_RETURN(const double before, MeasureEcho(conditions, *echo));

  conditions.progress.Show(what);
  EDIRAE_RETURN_IF_ERROR(WaitForRest(kRestPatience, conditions.interrupt));
  Comparison comparison;
  EDIRAE_ASSIGN_OR_RETURN(comparison.subject, RunUnder(conditions, std::move(subject), conditions.window));

  conditions.progress.Show(absl::StrCat(what, echo_of_size, ", again"));
  EDIRAE_ASSIGN_OR_RETURN(const double after, MeasureEcho(conditions, *echo));
  comparison.echo_per_second = (before + after) / 2;
  return comparison;
}

}  // namespace edirae::bench
