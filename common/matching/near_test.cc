#include "common/matching/near.h"

#include <gtest/gtest.h>

#include <limits>

namespace edirae {
namespace {

TEST(IsNear, TakesBothEndsOfTheTolerance) {
  EXPECT_TRUE(IsNear(1.405, 1.4, 0.005));
  EXPECT_TRUE(IsNear(1.395, 1.4, 0.005));
  EXPECT_FALSE(IsNear(1.4051, 1.4, 0.005));
  EXPECT_FALSE(IsNear(-1.4, 1.4, 0.005));
}

TEST(IsNear, ForgivesRoundingAndNothingMore) {
  EXPECT_TRUE(IsNear(0.1 + 0.2, 0.3, 0));
  EXPECT_TRUE(IsNear(1e12 + 1, 1e12, 0));
  EXPECT_FALSE(IsNear(1e12 + 2000, 1e12, 0));
  EXPECT_FALSE(IsNear(1e-12, 0, 0)) << "there is no rounding error of zero";
  EXPECT_TRUE(IsNear(-0.0, 0.0, 0));
}

TEST(IsNear, IsFalseForWhatIsNoNumber) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(IsNear(kNan, 1, 1));
  EXPECT_FALSE(IsNear(1, kNan, 1));
  EXPECT_FALSE(IsNear(1, 1, kNan));
  EXPECT_FALSE(IsNear(kInfinity, kInfinity, 1));
  EXPECT_FALSE(IsNear(1, 1, -1));
}

}  // namespace
}  // namespace edirae
