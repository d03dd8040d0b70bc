#include "gateway/aggregate/resume_point.h"

#include <gtest/gtest.h>

#include "common/status/error.h"
#include "common/testing/status_matchers.h"

namespace edirae::gateway {
namespace {

std::string ReasonOf(const std::string& token, const std::string& learner_id, const std::string& roadmap_id) {
  return ErrorInfoOf(FromToken(token, learner_id, roadmap_id).status()).reason();
}

TEST(ResumePoint, ComesBackFromItsToken) {
  for (const ResumePoint point : {ResumePoint{}, ResumePoint{.as_of_seq = 0, .fingerprint = 0},
                                  ResumePoint{.as_of_seq = 42, .fingerprint = ~uint64_t{0}}}) {
    const auto back = FromToken(ToToken(point, "ada", "ml"), "ada", "ml");
    ASSERT_OK(back);
    EXPECT_EQ(back->as_of_seq, point.as_of_seq);
    EXPECT_EQ(back->fingerprint, point.fingerprint);
  }
}

TEST(ResumePoint, OfNoTokenHasSeenNothing) {
  const auto point = FromToken("", "ada", "ml");
  ASSERT_OK(point);
  EXPECT_LT(point->as_of_seq, 0);
}

TEST(ResumePoint, BelongsToOneLearnerAndRoadmap) {
  const std::string token = ToToken({.as_of_seq = 1, .fingerprint = 2}, "ada", "ml");
  EXPECT_EQ(ReasonOf(token, "bob", "ml"), "RESUME_TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(token, "ada", "art"), "RESUME_TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(token + "0", "ada", "ml"), "RESUME_TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(token.substr(1), "ada", "ml"), "RESUME_TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(std::string(48, 'x'), "ada", "ml"), "RESUME_TOKEN_INVALID");
}

}  // namespace
}  // namespace edirae::gateway
