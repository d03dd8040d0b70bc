#ifndef EDIRAE_BENCH_MEASURE_LOAD_CATALOG_H_
#define EDIRAE_BENCH_MEASURE_LOAD_CATALOG_H_

#include <string>

namespace edirae::bench {

// What the subcommand `load-catalog` does in a process of its own: loads and validates a content folder and prints how
// many seconds and how many megabytes of memory that took. Returns the exit code: 0 for content without findings.
int LoadCatalog(const std::string& folder);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_LOAD_CATALOG_H_
