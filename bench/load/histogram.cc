#include "bench/load/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace edirae::bench {
namespace {

// Values below 128 ns have a bucket each; above, every power of two is cut into 64 buckets of equal width.
constexpr int kBitsInPower = 6;
constexpr uint64_t kBucketsInPower = uint64_t{1} << kBitsInPower;
constexpr uint64_t kLongest = (uint64_t{1} << 36) - 1;

size_t BucketOf(uint64_t nanos) {
  const int width = static_cast<int>(std::bit_width(nanos));
  const int shift = std::max(0, width - kBitsInPower - 1);
  return static_cast<size_t>(shift) * kBucketsInPower + (nanos >> shift);
}

uint64_t UpperEnd(size_t bucket) {
  if (bucket < 2 * kBucketsInPower) return bucket;
  const uint64_t shift = bucket / kBucketsInPower - 1;
  const uint64_t base = bucket - shift * kBucketsInPower;
  return ((base + 1) << shift) - 1;
}

}  // namespace

Histogram::Histogram() : buckets_(BucketOf(kLongest) + 1) {}

void Histogram::Record(absl::Duration duration) {
  const int64_t nanos = std::max<int64_t>(0, absl::ToInt64Nanoseconds(duration));
  ++buckets_[BucketOf(std::min(static_cast<uint64_t>(nanos), kLongest))];
  ++count_;
}

void Histogram::Merge(const Histogram& other) {
  for (size_t bucket = 0; bucket < buckets_.size(); ++bucket) buckets_[bucket] += other.buckets_[bucket];
  count_ += other.count_;
}

absl::Duration Histogram::Quantile(double quantile) const {
  if (count_ == 0) return absl::ZeroDuration();
  const int64_t wanted = std::max<int64_t>(1, std::llround(std::ceil(quantile * static_cast<double>(count_))));
  int64_t seen = 0;
  size_t bucket = 0;
  for (; bucket + 1 < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen >= wanted) break;
  }
  return absl::Nanoseconds(static_cast<int64_t>(UpperEnd(bucket)));
}

}  // namespace edirae::bench
