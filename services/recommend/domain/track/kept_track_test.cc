#include "services/recommend/domain/track/kept_track.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/testing/sample.h"

namespace edirae::recommend::track {
namespace {

using recommend::testing::History;

events::v1::GoalSet GoalOfMaths() {
  events::v1::GoalSet goal;
  goal.set_roadmap_id("maths");
  goal.set_hours_per_week(5);
  return goal;
}

TEST(AsKept, IsTheLearnerAsTheyStood) {
  History history;
  history.Learn("vectors").Answer("matrices", 1, true).Pass("basics").SetGoal(GoalOfMaths());
  const LearnerState then = history.Fold();
  history.Lapse("vectors").Learn("matrices").Learn("history").Pass("models");
  const LearnerState seen = AsKept(history.Fold());
  ASSERT_EQ(seen.concepts.size(), 2u);
  EXPECT_TRUE(seen.Find(KeyOf("vectors"))->mastered);
  EXPECT_FALSE(seen.Find(KeyOf("matrices"))->mastered);
  EXPECT_EQ(seen.Find(KeyOf("matrices"))->belief.strength, then.Find(KeyOf("matrices"))->belief.strength);
  EXPECT_TRUE(seen.Passed(StageKeyOf("maths", "basics")));
  EXPECT_FALSE(seen.Passed(StageKeyOf("maths", "models")));
}

TEST(AsKept, HasTheMilestonesThatWereApprovedThen) {
  History history;
  history.Submit("essay").Decide("essay", events::v1::REVIEW_VERDICT_APPROVED).Submit("poem");
  history.SetGoal(GoalOfMaths()).After(absl::Hours(1)).Decide("poem", events::v1::REVIEW_VERDICT_APPROVED);
  const LearnerState seen = AsKept(history.Fold());
  ASSERT_EQ(seen.milestones.size(), 1u);
  EXPECT_EQ(seen.milestones[0].key, KeyOf("essay"));
  EXPECT_EQ(seen.milestones[0].standing, MilestoneStanding::kApproved);
}

TEST(BeginOn, IsTheWeekOfTheDayWithWhatIsLeftOfIt) {
  Goal goal{.start = absl::CivilDay(2027, 1, 4)};
  BeginOn(absl::CivilDay(2027, 1, 4), goal);
  EXPECT_EQ(goal.start, absl::CivilDay(2027, 1, 4));
  EXPECT_EQ(goal.first_week_share, 1);
  BeginOn(absl::CivilDay(2027, 1, 20), goal);
  EXPECT_EQ(goal.start, absl::CivilDay(2027, 1, 18));
  EXPECT_EQ(goal.wished_start, absl::CivilDay(2027, 1, 4));
  EXPECT_DOUBLE_EQ(goal.first_week_share, 5.0 / 7);
  Goal future{.start = absl::CivilDay(2027, 1, 4)};
  BeginOn(absl::CivilDay(2026, 1, 1), future);
  EXPECT_EQ(future.start, absl::CivilDay(2027, 1, 4)) << "it has not begun";
}

}  // namespace
}  // namespace edirae::recommend::track
