#ifndef EDIRAE_BENCH_REPORT_REPORT_H_
#define EDIRAE_BENCH_REPORT_REPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace edirae::bench {

// One measured figure beside its limit.
struct Result {
  std::string name;  // stable: programs look for it
  double value = 0;
  std::string unit;
  double limit = 0;  // for rates what the bare thing did in the same run; for latencies what is allowed
  // The promise that value / limit keeps: at least `least`, or at most `most`. Neither for a figure that only informs.
  std::optional<double> least;
  std::optional<double> most;

  double ratio() const { return limit > 0 ? value / limit : 0; }
  // Whether the promise is kept; nothing when there is none.
  std::optional<bool> kept() const;
};

// `[{"name","value","unit","limit","ratio"}, …]` in the given order.
std::string ToJson(const std::vector<Result>& results);

// Replaces `path` as a whole, making its folder when absent. UNAVAILABLE when it cannot be written.
absl::Status WriteJson(const std::vector<Result>& results, const std::string& path);

// A table for people, with a verdict on each promise.
std::string ToTable(const std::vector<Result>& results, bool colour);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_REPORT_REPORT_H_
