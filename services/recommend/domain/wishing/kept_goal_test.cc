#include "services/recommend/domain/wishing/kept_goal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/testing/sample.h"

namespace edirae::recommend::wishing {
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
  set.set_extra_minutes_per_week(30);
  EXPECT_EQ(KeptBy(set)->hours_per_week(), 5.5);
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

// The sample in which trees became "forests" and "bushes", and matrices went into vectors.
CourseIndex MigratedCourse() {
  catalog::v1::RevisionContent content = recommend::testing::SampleContent();
  auto& stages = *content.mutable_roadmaps(0)->mutable_stages();
  stages[0].mutable_concepts()->DeleteSubrange(1, 1);
  stages[1].mutable_concepts(1)->set_concept_id("forests");
  *stages[1].add_concepts() = stages[1].concepts(1);
  stages[1].mutable_concepts(2)->set_concept_id("bushes");
  auto& split = *content.add_migrations();
  split.set_from_concept_id("trees");
  split.add_to_concept_ids("forests");
  split.add_to_concept_ids("bushes");
  auto& merged = *content.add_migrations();
  merged.set_from_concept_id("matrices");
  merged.add_to_concept_ids("vectors");
  merged.set_into_existing(true);
  auto& dropped = *content.add_migrations();
  dropped.set_from_concept_id("calculus");
  const auto curriculum = Curriculum::Build(2, content);
  EXPECT_TRUE(curriculum.ok()) << curriculum.status();
  return *(*curriculum)->Find("maths");
}

TEST(KeptGoal, FollowsItsConceptsWhenTheyBecomeOthers) {
  const CourseIndex course = MigratedCourse();
  events::v1::GoalSet set = GoalOfMaths();
  for (const char* id : {"trees", "matrices", "vectors", "calculus"}) set.mutable_concepts()->add_concept_ids(id);
  History history;
  history.SetGoal(set).Declare("trees", events::v1::PRIOR_KNOWLEDGE_GOOD);
  history.Declare("matrices", events::v1::PRIOR_KNOWLEDGE_GOOD);
  const LearnerState state = history.Fold();
  const auto goal = KeptGoal(*state.kept, state.known, course);
  ASSERT_TRUE(goal.has_value());
  EXPECT_THAT(goal->concepts().concept_ids(), ElementsAre("forests", "bushes", "vectors")) << "each once";
  EXPECT_THAT(goal->known_concept_ids(), ElementsAre("forests", "bushes"))
      << "who knows a part does not know vectors, which were taught before";
}

TEST(KeptPins, FollowTheirConceptsWhenTheyBecomeOthers) {
  History history;
  history.Pin({"matrices", "calculus", "trees"});
  const LearnerState state = history.Fold();
  std::vector<std::string> ids;
  for (const auto& pin : KeptPins(*state.kept, MigratedCourse())) ids.push_back(pin.concept_id());
  EXPECT_THAT(ids, ElementsAre("vectors", "forests", "bushes"));
}

}  // namespace
}  // namespace edirae::recommend::wishing
