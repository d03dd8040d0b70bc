#ifndef EDIRAE_BENCH_SUITE_H_
#define EDIRAE_BENCH_SUITE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "bench/measure/conditions.h"
#include "bench/report/report.h"
#include "tests/platform/platform.h"

namespace edirae::bench {

struct SuiteOptions {
  std::vector<std::string> only;  // names of results; empty: everything
  int learners = 4000;
  std::string programs;  // folder of the built programs
  std::string content;   // folder of the roadmaps
};

struct SuiteOutcome {
  std::vector<Result> results;
  std::vector<std::string> failures;  // what could not be measured, and why
};

// INVALID_ARGUMENT that names every name that is no result's, and all there are.
absl::Status CheckNames(const std::vector<std::string>& only);

// Measures everything that was asked for, each thing on the platform that it needs, and goes on when one cannot be
// measured. A measurement with several results gives all of them when one was asked for.
SuiteOutcome RunSuite(const SuiteOptions& options, const Conditions& conditions);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_SUITE_H_
