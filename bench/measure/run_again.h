#ifndef EDIRAE_BENCH_MEASURE_RUN_AGAIN_H_
#define EDIRAE_BENCH_MEASURE_RUN_AGAIN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace edirae::bench {

// Runs one of this program's hidden subcommands in a process of its own, so that nothing else is in its memory, and
// returns the `count` numbers that it printed. INTERNAL when it fails or prints fewer; DEADLINE_EXCEEDED after two
// minutes.
absl::StatusOr<std::vector<double>> RunAgain(const std::vector<std::string>& arguments, size_t count);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_RUN_AGAIN_H_
