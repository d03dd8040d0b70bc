#include "services/catalog/adapters/parallel.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

#include "common/log/log.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {

void ForEachInParallel(size_t count, const std::function<void(size_t)>& task) {
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < count; i = next++) task(i);
  };
  const size_t threads = std::min<size_t>({std::thread::hardware_concurrency(), limits::kMaxLoadThreads, count});
  std::vector<std::jthread> others;
  try {
    while (others.size() + 1 < threads) others.emplace_back(work);
  } catch (const std::system_error&) {
    log::Warn("no more threads are to be had; those there are do the work", {{"threads", others.size() + 1}});
  }
  work();
}

}  // namespace edirae::catalog
