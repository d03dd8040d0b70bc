#include "services/recommend/domain/choosing/session_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "services/recommend/limits.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend::choosing {
namespace {

using recommend::testing::History;
using recommend::testing::SampleCourse;
using recommend::testing::SampleModels;

v1::SessionPlan PlanAt(const History& history, absl::Time now, int minutes) {
  CourseIndex course = SampleCourse();
  for (TaughtConcept& taught : course.concepts) taught.estimated_minutes = 60;
  const LearnerState state = history.Fold();
  return PlanSession(LearnerView(SampleModels(), state, course, now), minutes);
}

// Three concepts whose reviews are due, four cards among them, and regression to be begun.
History WithReviews() {
  History history;
  history.Learn("vectors").Learn("matrices").Learn("history").Pass("basics");
  for (const int card : {1, 2}) {
    history.Review("vectors", card, events::v1::CARD_RATING_GOOD).Review("history", card, events::v1::CARD_RATING_GOOD);
  }
  return history;
}

TEST(SessionPlan, MixesReviewsANewConceptAndQuestions) {
  const History history = WithReviews();
  const auto plan = PlanAt(history, history.now() + absl::Hours(100), 25);
  EXPECT_EQ(plan.summary(), "25 minutes: 7 reviews, 1 new concept, 3 questions");
  EXPECT_EQ(plan.planned_minutes(), 25);
  EXPECT_EQ(plan.items_size(), 11);
  int sum = 0;
  bool studied = false;
  for (const auto& item : plan.items()) {
    sum += item.minutes();
    EXPECT_FALSE(item.explanation().empty()) << item.DebugString();
    if (item.kind() == v1::SESSION_ITEM_KIND_STUDY) studied = true;
    if (item.kind() == v1::SESSION_ITEM_KIND_QUESTION) {
      EXPECT_TRUE(studied) << "a question before its lesson";
      EXPECT_EQ(item.concept_id(), "regression");
    }
  }
  EXPECT_EQ(sum, 25);
}

TEST(SessionPlan, InterleavesReviewsWithLearning) {
  const History history = WithReviews();
  const auto plan = PlanAt(history, history.now() + absl::Hours(100), 60);
  int reviews_in_a_row = 0;
  int longest = 0;
  for (const auto& item : plan.items()) {
    const bool review = item.kind() == v1::SESSION_ITEM_KIND_CARD || item.kind() == v1::SESSION_ITEM_KIND_REVIEW;
    reviews_in_a_row = review ? reviews_in_a_row + 1 : 0;
    longest = std::max(longest, reviews_in_a_row);
  }
  EXPECT_LE(longest, 3);
  EXPECT_LT(longest, plan.review_count());
}

TEST(SessionPlan, FitsAnyTimeAndAsksNothingTwice) {
  for (int minutes = limits::kMinSessionMinutes; minutes <= limits::kMaxSessionMinutes; ++minutes) {
    const History history = recommend::testing::RandomHistory("ada", 40, static_cast<uint64_t>(minutes));
    const auto plan = PlanAt(history, history.now() + absl::Hours(15), minutes);
    int sum = 0;
    std::set<std::string> seen;
    for (const auto& item : plan.items()) {
      sum += item.minutes();
      EXPECT_GT(item.minutes(), 0);
      if (item.kind() == v1::SESSION_ITEM_KIND_STUDY) continue;
      EXPECT_TRUE(seen.insert(item.question_id() + item.card_id()).second) << item.DebugString();
    }
    EXPECT_EQ(sum, plan.planned_minutes());
    EXPECT_LE(sum, minutes);
  }
}

TEST(SessionPlan, SaysSoWhenThereIsNothingToDo) {
  History history;
  for (const char* id : {"vectors", "matrices", "history"}) history.Learn(id);
  history.Pass("basics").Learn("regression").Learn("trees").Pass("models");
  const auto plan = PlanAt(history, history.now(), 25);
  EXPECT_EQ(plan.items_size(), 0);
  EXPECT_EQ(plan.planned_minutes(), 0);
  EXPECT_EQ(plan.summary(), "25 minutes: nothing is due, and nothing that is open can be asked now");
}

}  // namespace
}  // namespace edirae::recommend::choosing
