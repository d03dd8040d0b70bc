#ifndef EDIRAE_BENCH_MEASURE_LIVE_MEMORY_H_
#define EDIRAE_BENCH_MEASURE_LIVE_MEMORY_H_

#include <cstdint>
#include <string>

namespace edirae::bench {

// What the subcommand `live-states` does in a process of its own: brings the first `learners` of a folder of
// checkpoints into recommend's memory, one after the other, and prints by how many megabytes the process has grown.
// Returns the exit code: 0 when all could be read.
int PrintLiveMemory(const std::string& folder, int64_t learners);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_LIVE_MEMORY_H_
