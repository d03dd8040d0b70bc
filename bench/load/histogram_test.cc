#include "bench/load/histogram.h"

#include <gtest/gtest.h>

namespace edirae::bench {
namespace {

TEST(Histogram, IsZeroWhenNothingWasRecorded) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0);
  EXPECT_EQ(histogram.Quantile(0.99), absl::ZeroDuration());
}

TEST(Histogram, QuantilesAreNeverTooLowAndAtMostOnePart64TooHigh) {
  Histogram histogram;
  for (int i = 1; i <= 1000; ++i) histogram.Record(absl::Microseconds(i));
  for (const double quantile : {0.001, 0.25, 0.5, 0.99, 0.999, 1.0}) {
    const absl::Duration exact = absl::Microseconds(1000) * quantile;
    EXPECT_GE(histogram.Quantile(quantile), exact) << quantile;
    EXPECT_LE(histogram.Quantile(quantile), exact * (1 + 1.0 / 64)) << quantile;
  }
}

TEST(Histogram, NeighbouringBucketsLeaveNoGap) {
  for (int64_t nanos = 1; nanos < 100'000; ++nanos) {
    Histogram histogram;
    histogram.Record(absl::Nanoseconds(nanos));
    ASSERT_GE(absl::ToInt64Nanoseconds(histogram.Quantile(1)), nanos);
    ASSERT_LE(absl::ToInt64Nanoseconds(histogram.Quantile(1)), nanos + nanos / 64);
    nanos += nanos / 50;
  }
}

TEST(Histogram, OneSlowCallInAHundredIsThe99thPercentileOnlyBeyondIt) {
  Histogram histogram;
  for (int i = 0; i < 99; ++i) histogram.Record(absl::Milliseconds(1));
  histogram.Record(absl::Seconds(1));
  EXPECT_LT(histogram.Quantile(0.99), absl::Milliseconds(2));
  EXPECT_GE(histogram.Quantile(0.991), absl::Seconds(1));
}

TEST(Histogram, CountsWhatIsTooLongAsTheLongest) {
  Histogram histogram;
  histogram.Record(absl::InfiniteDuration());
  histogram.Record(absl::Hours(1));
  histogram.Record(-absl::Seconds(1));
  EXPECT_EQ(histogram.count(), 3);
  EXPECT_GT(histogram.Quantile(1), absl::Seconds(68));
  EXPECT_EQ(histogram.Quantile(0.1), absl::ZeroDuration());
}

TEST(Histogram, MergesAnother) {
  Histogram one;
  Histogram other;
  one.Record(absl::Milliseconds(1));
  other.Record(absl::Milliseconds(9));
  one.Merge(other);
  EXPECT_EQ(one.count(), 2);
  EXPECT_LT(one.Quantile(0.5), absl::Milliseconds(2));
  EXPECT_GE(one.Quantile(1), absl::Milliseconds(9));
}

}  // namespace
}  // namespace edirae::bench
