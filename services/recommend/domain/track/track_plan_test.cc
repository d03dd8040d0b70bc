#include "services/recommend/domain/track/track_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/testing/sample.h"

namespace edirae::recommend::track {
namespace {

using recommend::testing::History;
using recommend::testing::SampleCourse;
using recommend::testing::SampleModels;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Of the sample: 0 vectors, 1 matrices (after vectors), 2 history, 3 regression (after both), 4 trees (after
// regression); five hours each, and a milestone of two hours that ends the basics.
CourseIndex Course() {
  CourseIndex course = SampleCourse();
  for (TaughtConcept& taught : course.concepts) taught.estimated_minutes = 300;
  course.stages[0].milestone_id = "essay";
  course.stages[0].milestone_minutes = 120;
  return course;
}

v1::TrackPlan Plan(const History& history, const Goal& goal, const CourseIndex& course = Course()) {
  const LearnerState state = history.Fold();
  return PlanTrack(choosing::LearnerView(SampleModels(), state, course, history.now()), goal);
}

Goal To(std::vector<int> concepts) {
  return {.concepts = std::move(concepts), .hours_per_week = 5, .start = absl::CivilDay(2027, 1, 4)};
}

// Ids in the order in which they are finished.
std::vector<std::string> Order(const v1::TrackPlan& plan) {
  std::vector<std::string> order;
  for (const auto& week : plan.weeks()) {
    for (const auto& item : week.items()) {
      if (item.completed()) order.push_back(item.concept_id() + item.milestone_id());
    }
  }
  return order;
}

std::string FirstWeekOf(const std::string& id, const v1::TrackPlan& plan) {
  for (const auto& week : plan.weeks()) {
    for (const auto& item : week.items()) {
      if (item.concept_id() == id) return week.start_date();
    }
  }
  return "";
}

TEST(TrackPlan, BringsAllThatTheGoalNeedsInOrder) {
  const auto plan = Plan(History(), To({4}));
  EXPECT_THAT(Order(plan), ElementsAre("vectors", "matrices", "essay", "regression", "trees"));
  EXPECT_EQ(plan.concept_count(), 4);
  EXPECT_EQ(plan.study_minutes(), 4 * 300 + 120);
  EXPECT_TRUE(plan.feasible());
  EXPECT_EQ(plan.weeks(1).start_date(), "2027-01-11");
  EXPECT_EQ(plan.weeks_size(), 5);
  EXPECT_EQ(plan.finish_date(), "2027-02-07");
  EXPECT_EQ(plan.summary(), "4 concepts to study, 22 hours of work at 5 hours a week: 5 weeks, until 2027-02-07.");
}

TEST(TrackPlan, LeavesOutWhatIsMasteredOrKnown) {
  Goal goal = To({4});
  goal.known = {1};
  const auto plan = Plan(History().Learn("vectors"), goal);
  EXPECT_THAT(Order(plan), ElementsAre("essay", "regression", "trees")) << "the milestone is still to be reached";
  Goal single = To({0});
  single.with_milestones = false;
  const auto all_done = Plan(History().Learn("vectors"), single);
  EXPECT_EQ(all_done.known_count(), 1);
  EXPECT_EQ(all_done.summary(), "Nothing is left to study: the goal is mastered or known.");
}

// The sample, in which the gate of the basics asks for history too.
CourseIndex GatedCourse() {
  CourseIndex course = Course();
  course.concepts[2].optional = false;
  return course;
}

std::vector<std::string> ForGates(const v1::TrackPlan& plan) {
  std::vector<std::string> ids;
  for (const auto& week : plan.weeks()) {
    for (const auto& item : week.items()) {
      if (item.completed() && item.for_gate()) ids.push_back(item.concept_id() + item.milestone_id());
    }
  }
  return ids;
}

TEST(TrackPlan, WhatGatesAskForComesBeforeWhatIsBehindThem) {
  const auto plan = Plan(History(), To({4}), GatedCourse());
  EXPECT_THAT(Order(plan), ElementsAre("vectors", "matrices", "history", "essay", "regression", "trees"));
  EXPECT_THAT(ForGates(plan), ElementsAre("history"));
  EXPECT_EQ(plan.gate_concept_count(), 1);
  EXPECT_EQ(plan.gate_minutes(), 300);
  EXPECT_EQ(plan.concept_count(), 5);
  EXPECT_EQ(plan.study_minutes(), 5 * 300 + 120);
  EXPECT_THAT(plan.summary(), HasSubstr(" Of the concepts 1 is there because gates on the way ask for it."));
  EXPECT_THAT(ForGates(Plan(History(), To({1}), GatedCourse())), IsEmpty()) << "the goal is before the gate";
  EXPECT_THAT(ForGates(Plan(History().Pass("basics"), To({4}), GatedCourse())), IsEmpty()) << "it is passed";
  EXPECT_THAT(ForGates(Plan(History().Learn("history"), To({4}), GatedCourse())), IsEmpty());
}

TEST(TrackPlan, WhatIsSaidToBeKnownTakesNoTimeAndIsToBeShown) {
  Goal goal = To({4});
  goal.known = {2, 0};
  const auto plan = Plan(History(), goal, GatedCourse());
  EXPECT_THAT(Order(plan), ElementsAre("matrices", "essay", "regression", "trees"));
  EXPECT_EQ(plan.gate_concept_count(), 2) << "no gate believes it";
  EXPECT_EQ(plan.gate_minutes(), 0);
  EXPECT_THAT(plan.summary(), HasSubstr(" Gates want 2 more, which you know, to be shown."));
}

TEST(TrackPlan, AMilestoneIsOnTheWayToConceptsOnlyWhereTheGateWantsIt) {
  CourseIndex course = Course();
  Goal goal = To({4});
  goal.with_milestones = false;
  EXPECT_THAT(Order(Plan(History(), goal, course)), ElementsAre("vectors", "matrices", "regression", "trees"));
  course.stages[0].gate_wants_milestone = true;
  const auto plan = Plan(History(), goal, course);
  EXPECT_THAT(Order(plan), ElementsAre("vectors", "matrices", "essay", "regression", "trees"));
  EXPECT_THAT(ForGates(plan), ElementsAre("essay"));
  EXPECT_EQ(plan.gate_minutes(), 120);
}

TEST(TrackPlan, APinBehindAGateBringsWhatTheGateAsksForWithIt) {
  Goal goal = To({2});
  goal.pins = {{.position = 3}};
  const auto plan = Plan(History(), goal, GatedCourse());
  EXPECT_THAT(Order(plan), ElementsAre("vectors", "matrices", "history", "regression", "essay"));
  EXPECT_THAT(plan.summary(),
              HasSubstr("Regression is pinned and begins in the week of 2027-01-25: what gates before"));
  EXPECT_THAT(plan.late_pin_concept_ids(), IsEmpty()) << "no week was named";
}

TEST(TrackPlan, WhatIsBehindAGateWaitsForWhatIsPinnedBeforeIt) {
  Goal goal = To({4});
  goal.pins = {{.position = 2, .day = absl::CivilDay(2027, 3, 1)}};
  const auto plan = Plan(History(), goal, GatedCourse());
  EXPECT_EQ(FirstWeekOf("history", plan), "2027-03-01");
  EXPECT_EQ(FirstWeekOf("vectors", plan), "2027-01-04");
  EXPECT_GE(FirstWeekOf("regression", plan), "2027-03-01");
  EXPECT_LT(FirstWeekOf("regression", Plan(History(), goal)), "2027-03-01") << "the gate does not ask for history";
}

// With a third stage: 5 logic, which needs nothing.
CourseIndex ThreeStages() {
  catalog::v1::RevisionContent content = recommend::testing::SampleContent();
  auto& proofs = *content.mutable_roadmaps(0)->add_stages();
  proofs.set_stage_id("proofs");
  auto& logic = *proofs.add_concepts();
  logic.set_concept_id("logic");
  logic.set_title("Logic");
  const auto curriculum = Curriculum::Build(1, content);
  EXPECT_TRUE(curriculum.ok()) << curriculum.status();
  CourseIndex course = *(*curriculum)->Find("maths");
  for (TaughtConcept& taught : course.concepts) taught.estimated_minutes = 300;
  return course;
}

TEST(TrackPlan, WhatAGateAsksForBringsWhatItNeedsFromStagesThatArePassed) {
  const CourseIndex course = ThreeStages();
  Goal goal = To({3});
  goal.pins = {{.position = 5}};
  const auto order = Order(Plan(History().Pass("basics"), goal, course));
  EXPECT_THAT(order, ElementsAre("vectors", "matrices", "regression", "trees", "logic"))
      << "regression is on the way, and its turn comes before that of what it needs";
  EXPECT_THAT(Order(Plan(History().Pass("basics"), To({5}), course)),
              ElementsAre("vectors", "matrices", "regression", "trees", "logic"))
      << "all of it is there for the gate";
}

TEST(TrackPlan, AStageThatWasPassedBeforeAnEarlierOneHasNoGate) {
  const auto plan = Plan(History().Pass("models"), To({5}), ThreeStages());
  EXPECT_THAT(Order(plan), ElementsAre("vectors", "matrices", "logic"));
  EXPECT_EQ(plan.gate_concept_count(), 2);
}

TEST(TrackPlan, AnApprovedMilestoneIsDone) {
  CourseIndex course = Course();
  course.stages[0].milestone_key = KeyOf("essay");
  History history;
  EXPECT_THAT(Order(Plan(history.Submit("essay"), To({0, 1}), course)), Contains("essay"));
  history.Decide("essay", events::v1::REVIEW_VERDICT_APPROVED);
  EXPECT_THAT(Order(Plan(history, To({0, 1}), course)), Not(Contains("essay")));
}

TEST(TrackPlan, AMilestoneBehindAGateWaitsForIt) {
  CourseIndex course = Course();
  course.stages[1].milestone_id = "forecast";
  Goal goal = To({1, 3});
  goal.known = {3};
  EXPECT_THAT(Order(Plan(History(), goal, course)), ElementsAre("vectors", "matrices", "essay", "forecast"));
}

TEST(TrackPlan, OptionalConceptsAreBehindTheirGateToo) {
  CourseIndex course = ThreeStages();
  course.concepts[2].optional = false;
  course.concepts[3].optional = course.concepts[4].optional = true;
  Goal goal = To({3});
  goal.pins = {{.position = 5}, {.position = 2, .day = absl::CivilDay(2027, 3, 1)}};
  EXPECT_GE(FirstWeekOf("regression", Plan(History(), goal, course)), "2027-03-01");
}

TEST(TrackPlan, NothingThatAGateAsksForCanBeLeftOutBeforeWhatIsBehindIt) {
  CourseIndex course = GatedCourse();
  Goal goal = To({2, 4});
  goal.target = absl::CivilDay(2027, 2, 14);  // six weeks
  const auto plan = Plan(History(), goal, course);
  ASSERT_FALSE(plan.feasible());
  EXPECT_THAT(plan.alternatives().left_out_concept_ids(), ElementsAre("trees", "regression", "matrices", "vectors"))
      << "history alone would do, but the gate asks for it; the others are there only for trees";
  Goal smaller = To({2});
  smaller.target = goal.target;
  EXPECT_TRUE(Plan(History(), smaller, course).feasible());
}

TEST(TrackPlan, WhatIsBegunTakesLess) {
  const auto fresh = Plan(History(), To({0}));
  const auto begun = Plan(History().Answer("vectors", 1, true).Answer("vectors", 2, true), To({0}));
  EXPECT_LT(begun.study_minutes(), fresh.study_minutes());
  EXPECT_GT(Plan(History().Answer("vectors", 1, false), To({0})).study_minutes(), fresh.study_minutes() * 0.99)
      << "a wrong answer spares next to nothing";
}

TEST(TrackPlan, AHelpfulConceptThatIsPlannedComesFirst) {
  CourseIndex course = Course();
  course.concepts[0].helpful = {2};
  EXPECT_THAT(Order(Plan(History(), To({0, 2}), course)), ElementsAre("history", "vectors", "essay"));
  EXPECT_THAT(Order(Plan(History(), To({0}), course)), ElementsAre("vectors", "essay")) << "it is not required";
}

TEST(TrackPlan, SaysWhenADateCannotBeMetAndWhatWould) {
  Goal goal = To({2, 3, 4});
  goal.target = absl::CivilDay(2027, 1, 31);  // four weeks
  const auto plan = Plan(History(), goal);
  EXPECT_FALSE(plan.feasible());
  EXPECT_GT(plan.alternatives().hours_per_week(), 5);
  EXPECT_EQ(plan.alternatives().reachable_date(), plan.finish_date());
  EXPECT_THAT(plan.alternatives().left_out_concept_ids(), ElementsAre("history", "trees"))
      << "history is optional, and nothing builds on either";
  EXPECT_THAT(plan.summary(), HasSubstr("That does not meet 2027-01-31."));

  goal.hours_per_week = plan.alternatives().hours_per_week();
  EXPECT_TRUE(Plan(History(), goal).feasible()) << "what it says is true";
  Goal smaller = To({3});
  smaller.target = goal.target;
  EXPECT_TRUE(Plan(History(), smaller).feasible()) << "that too";
}

TEST(TrackPlan, ADateThatIsTooNearForAnythingHasNoWayOut) {
  Goal goal = To({4});
  goal.target = absl::CivilDay(2027, 1, 5);
  const auto plan = Plan(History(), goal);
  EXPECT_FALSE(plan.feasible());
  EXPECT_EQ(plan.alternatives().hours_per_week(), 0);
  EXPECT_TRUE(plan.alternatives().left_out_concept_ids().empty());
}

TEST(TrackPlan, IsTheSameForTheSameStateAndGoal) {
  const History history = recommend::testing::RandomHistory("ada", 30, 3);
  EXPECT_EQ(Plan(history, To({2, 4})).SerializeAsString(), Plan(history, To({2, 4})).SerializeAsString());
}

TEST(TrackPlan, WhatIsPinnedComesFirstWithWhatItNeeds) {
  Goal goal = To({0, 1, 2});
  goal.pins = {{.position = 2}, {.position = 3}};
  const auto plan = Plan(History(), goal);
  EXPECT_THAT(Order(plan), ElementsAre("history", "vectors", "matrices", "regression", "essay"))
      << "regression was not asked for; the basics end with history and matrices";
  EXPECT_TRUE(plan.weeks(0).items(0).pinned());
  ASSERT_EQ(plan.weeks(1).items(1).concept_id(), "vectors");
  EXPECT_FALSE(plan.weeks(1).items(1).pinned()) << "only what the learner named";
}

TEST(TrackPlan, HelpHoldsUpNothingThatIsPinned) {
  CourseIndex course = Course();
  course.concepts[0].helpful = {2};
  Goal goal = To({0, 2});
  goal.pins = {{.position = 0}};
  EXPECT_THAT(Order(Plan(History(), goal, course)), ElementsAre("vectors", "history", "essay"));
}

TEST(TrackPlan, APinStaysInItsWeek) {
  Goal goal = To({0, 1, 2});
  goal.pins = {{.position = 0, .day = absl::CivilDay(2027, 1, 27)}};
  for (const bool begun : {false, true}) {
    const auto plan = Plan(begun ? History().Learn("history") : History(), goal);
    EXPECT_EQ(FirstWeekOf("vectors", plan), "2027-01-25") << "whatever else moves";
    EXPECT_THAT(plan.summary(), ::testing::Not(HasSubstr("pinned")));
    EXPECT_THAT(plan.late_pin_concept_ids(), IsEmpty());
  }
  goal.pins = {{.position = 0, .day = absl::CivilDay(2026, 12, 1)}};
  EXPECT_EQ(FirstWeekOf("vectors", Plan(History(), goal)), "2027-01-04") << "its week has passed";
}

TEST(TrackPlan, SaysWhenAPinCannotBeKept) {
  Goal goal = To({4});
  goal.pins = {{.position = 4, .day = absl::CivilDay(2027, 1, 12)}};
  const auto plan = Plan(History(), goal);
  EXPECT_EQ(FirstWeekOf("trees", plan), "2027-01-25");
  EXPECT_THAT(plan.summary(),
              HasSubstr("Trees is pinned to 2027-01-12 and cannot begin before the week of 2027-01-25"));
  EXPECT_THAT(plan.late_pin_concept_ids(), ElementsAre("trees"));
}

TEST(TrackPlan, APinThatIsTooFarAwayIsSaidToBeWhy) {
  Goal goal = To({0, 1});
  goal.pins = {{.position = 1, .day = absl::CivilDay(2036, 12, 29)}};
  const auto plan = Plan(History(), goal);
  EXPECT_EQ(plan.weeks_size(), 0);
  EXPECT_THAT(plan.summary(), HasSubstr("more than 520 weeks. Without the weeks that you have pinned it would take "
                                        "until 2027-01-24."));
  goal.pins.clear();
  goal.hours_per_week = 1;
  CourseIndex course = Course();
  for (TaughtConcept& taught : course.concepts) taught.estimated_minutes = 60'000;
  EXPECT_THAT(Plan(History(), goal, course).summary(), ::testing::EndsWith("weeks."));
}

TEST(TrackPlan, APinThatIsDoneIsNoWork) {
  Goal goal = To({2});
  goal.pins = {{.position = 0}};
  EXPECT_THAT(Order(Plan(History().Learn("vectors"), goal)), ElementsAre("history", "essay"));
}

}  // namespace
}  // namespace edirae::recommend::track
