#include "common/matching/edit_distance.h"

#include <gtest/gtest.h>

namespace edirae {
namespace {

TEST(EditDistance, CountsEachKindOfSlipOnce) {
  EXPECT_EQ(EditDistance("gradient", "gradient", 2), 0u);
  EXPECT_EQ(EditDistance("gradint", "gradient", 2), 1u) << "left out";
  EXPECT_EQ(EditDistance("graddient", "gradient", 2), 1u) << "put in";
  EXPECT_EQ(EditDistance("grodient", "gradient", 2), 1u) << "replaced";
  EXPECT_EQ(EditDistance("gradeint", "gradient", 2), 1u) << "swapped";
  EXPECT_EQ(EditDistance("grodeint", "gradient", 2), 2u);
  EXPECT_EQ(EditDistance("", "ab", 2), 2u);
}

TEST(EditDistance, IsTheSameBothWaysAndStopsAtTheLimit) {
  EXPECT_EQ(EditDistance("kitten", "sitting", 5), 3u);
  EXPECT_EQ(EditDistance("sitting", "kitten", 5), 3u);
  EXPECT_EQ(EditDistance("kitten", "sitting", 2), 3u);
  EXPECT_EQ(EditDistance("kitten", "sitting", 1), 2u);
  EXPECT_EQ(EditDistance("a", "abcdefgh", 1), 2u) << "too different in size to be compared";
}

}  // namespace
}  // namespace edirae
