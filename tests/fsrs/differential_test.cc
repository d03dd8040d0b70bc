#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "tests/fsrs/reference.h"

namespace edirae::testing {
namespace {

constexpr int kReviews = 100'000;

TEST(FsrsDifferential, EqualsTsFsrsOver100000RandomReviews) {
  if (std::system(TS_FSRS " </dev/null") != 0) {
    GTEST_SKIP() << "ts-fsrs cannot run here: it needs nodejs and npm, and once the network";
  }
  const std::string command =
      std::string(TS_FSRS " --random ") + std::to_string(kReviews) + " " + std::to_string(Seed() % 4'000'000'000);
  FILE* reference = popen(command.c_str(), "r");
  ASSERT_NE(reference, nullptr);
  Comparison comparison;
  int compared = 0;
  std::array<char, 512> line;
  std::string different;
  while (different.empty() && std::fgets(line.data(), line.size(), reference) != nullptr) {
    std::string text = line.data();
    text.pop_back();
    const auto review = ParseReferenceReview(text);
    different = review.ok() ? comparison.Play(*review) : std::string(review.status().message());
    ++compared;
  }
  const int status = pclose(reference);
  ASSERT_EQ(different, "");
  EXPECT_EQ(status, 0);
  EXPECT_EQ(compared, kReviews);
}

}  // namespace
}  // namespace edirae::testing
