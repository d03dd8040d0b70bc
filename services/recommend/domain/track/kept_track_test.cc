#include "services/recommend/domain/track/kept_track.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/testing/sample.h"

namespace edirae::recommend::track {
namespace {

using recommend::testing::History;
using recommend::testing::SampleCourse;
using ::testing::ElementsAre;

events::v1::GoalSet GoalOfMaths() {
  events::v1::GoalSet goal;
  goal.set_roadmap_id("maths");
  goal.set_hours_per_week(5);
  return goal;
}

std::optional<v1::TrackGoal> KeptBy(const events::v1::GoalSet& goal) {
  const LearnerState state = History().SetGoal(goal).Fold();
  return KeptGoal(*state.kept, state.known, SampleCourse());
}

TEST(KeptGoal, IsTheGoalThatTheLearnerHasSet) {
  events::v1::GoalSet set = GoalOfMaths();
  auto goal = KeptBy(set);
  ASSERT_TRUE(goal.has_value());
  EXPECT_EQ(goal->target_case(), v1::TrackGoal::TARGET_NOT_SET) << "the whole roadmap";
  EXPECT_EQ(goal->hours_per_week(), 5);
  EXPECT_EQ(goal->start_date(), "2027-01-15") << "the day on which it was recorded";
  EXPECT_EQ(goal->target_date(), "");
  set.set_hours_per_week(100);
  set.mutable_start_date()->set_year(2027);
  set.mutable_start_date()->set_month(2);
  set.mutable_start_date()->set_day(1);
  *set.mutable_target_date() = set.start_date();
  set.mutable_target_date()->set_month(6);
  set.mutable_concepts()->add_concept_ids("trees");
  set.mutable_concepts()->add_concept_ids("of-another-roadmap");
  goal = KeptBy(set);
  ASSERT_TRUE(goal.has_value());
  EXPECT_THAT(goal->concepts().concept_ids(), ElementsAre("trees"));
  EXPECT_EQ(goal->hours_per_week(), 100) << "the most that a goal has";
  EXPECT_EQ(goal->start_date(), "2027-02-01");
  EXPECT_EQ(goal->target_date(), "2027-06-01");
}

TEST(KeptGoal, OfYesterdayBeginsThen) {
  events::v1::GoalSet set = GoalOfMaths();
  set.mutable_target_date()->set_year(2027);
  set.mutable_target_date()->set_month(1);
  set.mutable_target_date()->set_day(14);
  EXPECT_EQ(KeptBy(set)->start_date(), "2027-01-14");
}

TEST(KeptGoal, IsNoneOfAnotherCourse) {
  EXPECT_FALSE(KeptBy(events::v1::GoalSet()).has_value());
  events::v1::GoalSet set = GoalOfMaths();
  set.set_roadmap_id("medicine");
  EXPECT_FALSE(KeptBy(set).has_value());
  set.mutable_career()->set_roadmap_id("maths");
  set.mutable_career()->set_career_id("cook");
  EXPECT_FALSE(KeptBy(set).has_value()) << "there is no such career";
  set.mutable_concepts()->add_concept_ids("of-another-roadmap");
  EXPECT_FALSE(KeptBy(set).has_value());
  const LearnerState nobody;
  EXPECT_FALSE(KeptGoal(*nobody.kept, nobody.known, SampleCourse()).has_value());
}

TEST(KeptGoal, KnowsWhatTheLearnerSaysToKnow) {
  History history;
  history.SetGoal(GoalOfMaths()).Declare("vectors", events::v1::PRIOR_KNOWLEDGE_GOOD);
  history.Declare("matrices", events::v1::PRIOR_KNOWLEDGE_GOOD).Declare("matrices", events::v1::PRIOR_KNOWLEDGE_SOME);
  history.Declare("elsewhere", events::v1::PRIOR_KNOWLEDGE_GOOD);
  const LearnerState state = history.Fold();
  EXPECT_THAT(KeptGoal(*state.kept, state.known, SampleCourse())->known_concept_ids(), ElementsAre("vectors"));
  EXPECT_TRUE(state.kept->known.empty()) << "they had not said so when the track was kept";
}

TEST(KeptPins, AreThoseOfTheCourse) {
  const LearnerState state = History().Pin({"trees", "of-another-roadmap", "vectors"}).Fold();
  const auto pins = KeptPins(*state.kept, SampleCourse());
  ASSERT_EQ(pins.size(), 2u);
  EXPECT_EQ(pins[0].concept_id(), "trees");
  EXPECT_EQ(pins[1].concept_id(), "vectors");
  EXPECT_TRUE(KeptPins(KeptTrack{.pins = "no message"}, SampleCourse()).empty());
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
