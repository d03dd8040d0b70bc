#include "common/clock/recent_rate.h"

#include <gtest/gtest.h>

namespace edirae {
namespace {

using std::chrono::milliseconds;

RecentRate::SteadyTime At(int millis) { return RecentRate::SteadyTime(milliseconds(1'000'000 + millis)); }

TEST(RecentRate, IsWhatCameASecond) {
  RecentRate rate;
  for (int millis = 0; millis <= 1000; millis += 10) rate.Add(50, At(millis));
  EXPECT_NEAR(rate.per_second(), 5000, 1);
}

TEST(RecentRate, FollowsWithinTwoSpans) {
  RecentRate rate;
  for (int millis = 0; millis <= 500; millis += 10) rate.Add(50, At(millis));
  for (int millis = 510; millis <= 700; millis += 10) rate.Add(1, At(millis));
  EXPECT_NEAR(rate.per_second(), 100, 1);
}

TEST(RecentRate, ABurstAfterASilenceIsNone) {
  RecentRate rate;
  rate.Add(0, At(0));
  rate.Add(1000, At(5000));
  EXPECT_EQ(rate.per_second(), 0);
}

}  // namespace
}  // namespace edirae
