#include "services/progress/domain/past.h"

#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "services/progress/domain/history_digest.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using edirae::testing::StatusIs;

// The history of `ada`, folded up to a moment.
PastState PastOf(const TestLearner& ada, const Moment& moment) {
  PastState past(moment);
  for (const auto& event : ada.history) {
    const auto taken = past.Take(event.SerializeAsString());
    EXPECT_OK(taken);
    if (!taken.value_or(false)) break;
  }
  return past;
}

TEST(PastState, EveryPlaceOfAHistoryIsTheStateThatTheLearnerHadThen) {
  TestLearner ada;
  std::vector<LearnerState> then;
  then.push_back(ada.Folded());
  for (const char* question : {"vectors.q1", "vectors.q2", "matrices.q1", "vectors.q3", "matrices.q2"}) {
    ada.Answer(question);
    then.push_back(ada.Folded());
  }
  for (const LearnerState& state : then) {
    EXPECT_TRUE(PastOf(ada, {.seq = state.last_seq()}).state() == state) << state.last_seq();
  }
  EXPECT_TRUE(PastOf(ada, {}).state() == ada.state);
}

TEST(PastState, ATimeEndsBeforeTheFirstEventThatWasRecordedLater) {
  TestLearner ada;
  const absl::Time start = ada.now;
  ada.Answer("vectors.q1");
  ada.now += absl::Hours(1);
  ada.Answer("vectors.q2");
  ada.now -= absl::Hours(2);  // a clock that was set back
  ada.Answer("vectors.q3", false);
  EXPECT_EQ(PastOf(ada, {.time = start - absl::Seconds(1)}).state().last_seq(), 0);
  EXPECT_EQ(PastOf(ada, {.time = start}).state().last_seq(), 1);
  EXPECT_EQ(PastOf(ada, {.time = start + absl::Minutes(59)}).state().last_seq(), 1);
  EXPECT_EQ(PastOf(ada, {.time = start + absl::Hours(1)}).state().last_seq(), 3);
}

TEST(PastState, TheDigestIsAnotherOneWhenASingleBitOfAnEventDiffers) {
  TestLearner ada;
  ada.Answer("vectors.q1");
  ada.Answer("vectors.q2");
  const std::string first = ada.history[0].SerializeAsString(), second = ada.history[1].SerializeAsString();
  const uint64_t digest = PastOf(ada, {}).digest();
  EXPECT_EQ(digest, DigestAfter(DigestAfter(0, first), second));
  EXPECT_EQ(PastOf(ada, {.seq = 1}).digest(), DigestAfter(0, first));
  EXPECT_EQ(DigestText(PastOf(ada, {.seq = 0}).digest()), "0000000000000000");
  for (size_t i = 0; i < first.size(); ++i) {
    std::string broken = first;
    broken[i] = static_cast<char>(broken[i] ^ 1);
    EXPECT_NE(DigestAfter(DigestAfter(0, broken), second), digest) << i;
  }
  EXPECT_NE(DigestAfter(DigestAfter(0, second), first), digest) << "order counts";
}

TEST(PastState, TheDigestIsTheSameWhoeverReviewedAndAnotherOneForAnotherReview) {
  events::v1::LearnerEvent review;
  review.set_learner_id("ada");
  auto& reviewed = *review.mutable_milestone_reviewed();
  reviewed.set_milestone_id("first-work");
  const auto digest = [&](const std::string& reviewer, const std::string& feedback) {
    reviewed.set_reviewer_id(reviewer);
    reviewed.set_feedback(feedback);
    return DigestAfter(1, review, review.SerializeAsString());
  };
  EXPECT_EQ(digest("mia", "good"), digest("~0123456789abcdef", "good"));
  EXPECT_NE(digest("mia", "good"), digest("mia", "goof"));
}

TEST(PastState, WhatIsNotTheNextEventIsDamage) {
  TestLearner ada;
  ada.Answer("vectors.q1");
  ada.Answer("vectors.q2");
  PastState past({});
  EXPECT_THAT(past.Take("\xff\xff"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(past.Take(ada.history[1].SerializeAsString()), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(EventFilter, WantsKindsAndTimes) {
  TestLearner ada;
  const absl::Time start = ada.now;
  ada.Answer("vectors.q1");
  EventFilter filter;
  EXPECT_TRUE(filter.Wants(ada.history[0]));
  filter.bodies.insert(*BodyOf("question_answered"));
  EXPECT_TRUE(filter.Wants(ada.history[0]));
  filter.end = start;
  EXPECT_FALSE(filter.Wants(ada.history[0])) << "the end is not included";
  filter.end = start + absl::Nanoseconds(1);
  filter.start = start;
  EXPECT_TRUE(filter.Wants(ada.history[0]));
  filter.bodies = {*BodyOf("concept_mastered")};
  EXPECT_FALSE(filter.Wants(ada.history[0]));
  EXPECT_THAT(BodyOf("question_asked"), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace edirae::progress
