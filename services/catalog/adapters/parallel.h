#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_PARALLEL_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace edirae::catalog {

// Runs `task` once for each number below `count`, on this thread and as many others as the machine has processors to
// offer, at most `limits::kMaxLoadThreads` together. Returns when all are done. `task` must stand being called from
// several threads at once, in any order.
void ForEachInParallel(size_t count, const std::function<void(size_t)>& task);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_PARALLEL_H_
