#ifndef EDIRAE_BENCH_LOAD_HISTOGRAM_H_
#define EDIRAE_BENCH_LOAD_HISTOGRAM_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace edirae::bench {

// Durations in buckets whose width is at most 1/64 of their value, from 1 ns to 68 s; longer ones count as 68 s.
// Recording is a few instructions and allocates nothing. Not thread-safe: one for each writer, merged at the end.
class Histogram {
 public:
  Histogram();

  void Record(absl::Duration duration);
  void Merge(const Histogram& other);

  int64_t count() const { return count_; }

  // The upper end of the bucket that holds the `quantile`-th part of all durations, `quantile` from 0 to 1. Zero when
  // nothing was recorded.
  absl::Duration Quantile(double quantile) const;

 private:
  std::vector<uint32_t> buckets_;
  int64_t count_ = 0;
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LOAD_HISTOGRAM_H_
