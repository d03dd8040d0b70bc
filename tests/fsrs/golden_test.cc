#include <gtest/gtest.h>

#include <fstream>

#include "common/testing/status_matchers.h"
#include "tests/fsrs/reference.h"

namespace edirae::testing {
namespace {

TEST(FsrsGolden, AgreesWithTheReferenceOnEveryReview) {
  std::ifstream golden(FSRS_GOLDEN);
  Comparison comparison;
  int compared = 0;
  for (std::string line; std::getline(golden, line); ++compared) {
    const auto review = ParseReferenceReview(line);
    ASSERT_OK(review);
    ASSERT_EQ(comparison.Play(*review), "");
  }
  EXPECT_EQ(compared, 2000);
}

TEST(FsrsGolden, NoticesAWrongFigure) {
  std::ifstream golden(FSRS_GOLDEN);
  std::string line;
  ASSERT_TRUE(std::getline(golden, line));
  auto review = ParseReferenceReview(line);
  ASSERT_OK(review);
  review->difficulty += 3e-8;
  EXPECT_NE(Comparison().Play(*review), "");
}

}  // namespace
}  // namespace edirae::testing
