#include "services/progress/domain/plan.h"

#include "common/testing/status_matchers.h"
#include "services/progress/limits.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PlanTest : public ::testing::Test, protected TestLearner {
 protected:
  v1::LearnerAction Action() {
    v1::LearnerAction action;
    action.set_request_id(NextId());
    return action;
  }
  v1::LearnerAction Goal() {
    v1::LearnerAction action = Action();
    action.mutable_set_goal()->mutable_goal()->set_roadmap_id("path");
    action.mutable_set_goal()->mutable_goal()->set_hours_per_week(5);
    return action;
  }
  v1::LearnerAction GoalBy(int year, int month, int day) {
    v1::LearnerAction action = Goal();
    *action.mutable_set_goal()->mutable_goal()->mutable_target_date() = Date(year, month, day);
    return action;
  }
  static events::v1::CalendarDate Date(int year, int month, int day) {
    events::v1::CalendarDate date;
    date.set_year(year);
    date.set_month(month);
    date.set_day(day);
    return date;
  }
};

TEST_F(PlanTest, EnrolsOnceInARoadmap) {
  v1::LearnerAction enroll = Action();
  enroll.mutable_enroll()->set_roadmap_id("path");
  EXPECT_THAT(Kinds(Do(enroll)), ElementsAre(LearnerEvent::kEnrolled));
  EXPECT_EQ(View().enroll_time().seconds(), absl::ToUnixSeconds(now));
  enroll.set_request_id(NextId());
  EXPECT_EQ(Reason(enroll), "ALREADY_ENROLLED");
  enroll.mutable_enroll()->set_roadmap_id("nowhere");
  EXPECT_EQ(Reason(enroll), "ROADMAP_NOT_FOUND");
  EXPECT_EQ(Folded(), state);
}

TEST_F(PlanTest, AGoalOnARoadmapEnrolsInTheSameTransaction) {
  EXPECT_THAT(Kinds(Do(Goal())), ElementsAre(LearnerEvent::kGoalSet, LearnerEvent::kEnrolled));
  EXPECT_THAT(Kinds(Do(Goal())), ElementsAre(LearnerEvent::kGoalSet)) << "enrolled already";
  EXPECT_EQ(View().goal().hours_per_week(), 5);
  EXPECT_TRUE(View().has_enroll_time());
  EXPECT_EQ(Folded(), state);
}

TEST_F(PlanTest, AGoalMayBeACareerOrConcepts) {
  v1::LearnerAction career = Goal();
  auto& goal = *career.mutable_set_goal()->mutable_goal();
  goal.mutable_career()->set_roadmap_id("path");
  goal.mutable_career()->set_career_id("analyst");
  EXPECT_THAT(Kinds(Do(career)), ElementsAre(LearnerEvent::kGoalSet, LearnerEvent::kEnrolled));
  goal.mutable_career()->set_career_id("astronaut");
  EXPECT_EQ(Reason(career), "CAREER_NOT_FOUND");
  goal.mutable_concepts()->add_concept_ids("vectors");
  career.set_request_id(NextId());
  EXPECT_THAT(Kinds(Do(career)), ElementsAre(LearnerEvent::kGoalSet));
  goal.mutable_concepts()->add_concept_ids("vectors");
  EXPECT_EQ(Reason(career), "OUT_OF_RANGE") << "named twice";
  goal.mutable_concepts()->set_concept_ids(1, "nothing");
  EXPECT_EQ(Reason(career), "CONCEPT_NOT_FOUND");
}

TEST_F(PlanTest, AGoalHasBounds) {
  v1::LearnerAction goal = Goal();
  goal.mutable_set_goal()->mutable_goal()->clear_target();
  EXPECT_EQ(Reason(goal), "MISSING_FIELD");
  for (const int hours : {-1, 0, 101}) {
    goal = Goal();
    goal.mutable_set_goal()->mutable_goal()->set_hours_per_week(hours);
    EXPECT_EQ(Reason(goal), "OUT_OF_RANGE") << hours;
  }
  for (const auto& [hours, minutes] : std::vector<std::pair<int, int>>{{5, -1}, {5, 60}, {100, 1}}) {
    goal = Goal();
    goal.mutable_set_goal()->mutable_goal()->set_hours_per_week(hours);
    goal.mutable_set_goal()->mutable_goal()->set_extra_minutes_per_week(minutes);
    EXPECT_EQ(Reason(goal), "OUT_OF_RANGE") << hours << " h " << minutes << " min";
  }
  v1::LearnerAction many = Goal();
  auto& concepts = *many.mutable_set_goal()->mutable_goal()->mutable_concepts();
  for (int i = 0; i <= limits::kMaxGoalConcepts; ++i) concepts.add_concept_ids("vectors");
  EXPECT_EQ(Reason(many), "OUT_OF_RANGE");
}

TEST_F(PlanTest, ATargetDateIsADayOfTheNextTenYears) {
  now = absl::FromCivil(absl::CivilDay(2027, 3, 15), absl::UTCTimeZone()) + absl::Hours(1);
  EXPECT_OK(Try(GoalBy(2027, 3, 14))) << "still today in the west";
  EXPECT_EQ(Reason(GoalBy(2027, 3, 13)), "OUT_OF_RANGE");
  EXPECT_OK(Try(GoalBy(2037, 3, 15)));
  EXPECT_EQ(Reason(GoalBy(2037, 3, 16)), "OUT_OF_RANGE");
  EXPECT_EQ(Reason(GoalBy(2027, 4, 31)), "OUT_OF_RANGE") << "no such day";
  EXPECT_EQ(Reason(GoalBy(2027, 0, 1)), "OUT_OF_RANGE");
  EXPECT_EQ(Reason(GoalBy(2147483647, 2147483647, 2147483647)), "OUT_OF_RANGE");
}

TEST_F(PlanTest, AGoalStartsBeforeItsTargetDate) {
  now = absl::FromCivil(absl::CivilDay(2027, 3, 15), absl::UTCTimeZone()) + absl::Hours(1);
  v1::LearnerAction goal = GoalBy(2027, 5, 1);
  auto& start = *goal.mutable_set_goal()->mutable_goal()->mutable_start_date();
  start = Date(2027, 5, 1);
  EXPECT_OK(Try(goal));
  start = Date(2027, 5, 2);
  EXPECT_EQ(Reason(goal), "OUT_OF_RANGE");
  goal.mutable_set_goal()->mutable_goal()->clear_target_date();
  EXPECT_OK(Try(goal)) << "no day to be before";
  start = Date(2027, 3, 13);
  EXPECT_EQ(Reason(goal), "OUT_OF_RANGE") << "it has passed";
}

TEST_F(PlanTest, PinsReplaceThoseBefore) {
  now = absl::FromCivil(absl::CivilDay(2027, 3, 15), absl::UTCTimeZone()) + absl::Hours(1);
  v1::LearnerAction pin = Action();
  auto& pins = *pin.mutable_pin_concepts()->mutable_pins();
  pins.Add()->set_concept_id("gradients");
  pins.Add()->set_concept_id("vectors");
  *pins.Mutable(1)->mutable_day() = Date(2027, 4, 1);
  EXPECT_THAT(Kinds(Do(pin)), ElementsAre(LearnerEvent::kConceptsPinned));
  ASSERT_EQ(View().pins_size(), 2);
  EXPECT_EQ(View().pins(1).day().month(), 4);
  EXPECT_EQ(Folded(), state);
  pin.set_request_id(NextId());
  pins.Clear();
  EXPECT_THAT(Kinds(Do(pin)), ElementsAre(LearnerEvent::kConceptsPinned)) << "nothing is pinned any more";
  EXPECT_THAT(View().pins(), IsEmpty());
  EXPECT_EQ(Folded(), state);
}

TEST_F(PlanTest, PinsHaveBounds) {
  v1::LearnerAction pin = Action();
  auto& pins = *pin.mutable_pin_concepts()->mutable_pins();
  pins.Add()->set_concept_id("nothing");
  EXPECT_EQ(Reason(pin), "CONCEPT_NOT_FOUND");
  pins.Mutable(0)->set_concept_id("vectors");
  *pins.Mutable(0)->mutable_day() = Date(2027, 4, 31);
  EXPECT_EQ(Reason(pin), "OUT_OF_RANGE") << "no such day";
  pins.Mutable(0)->clear_day();
  pins.Add()->set_concept_id("vectors");
  EXPECT_EQ(Reason(pin), "OUT_OF_RANGE") << "named twice";
  while (pins.size() <= limits::kMaxPins) pins.Add()->set_concept_id("vectors");
  EXPECT_EQ(Reason(pin), "OUT_OF_RANGE");
}

TEST_F(PlanTest, PreferencesHaveBoundsAndAreKept) {
  v1::LearnerAction prefer = Action();
  prefer.mutable_set_preferences();
  EXPECT_EQ(Reason(prefer), "MISSING_FIELD");
  auto& preferences = *prefer.mutable_set_preferences()->mutable_preferences();
  for (const int retention : {-1, 1, 699, 971}) {
    preferences.set_desired_retention_permille(retention);
    EXPECT_EQ(Reason(prefer), "OUT_OF_RANGE") << retention;
  }
  EXPECT_FALSE(View().has_preferences());
  for (const int retention : {700, 970, 0}) {
    prefer.set_request_id(NextId());
    preferences.set_desired_retention_permille(retention);
    EXPECT_THAT(Kinds(Do(prefer)), ElementsAre(LearnerEvent::kPreferencesSet));
    EXPECT_EQ(View().preferences().desired_retention_permille(), retention);
  }
  EXPECT_EQ(Folded(), state);
}

TEST_F(PlanTest, PriorKnowledgeIsNoEvidence) {
  v1::LearnerAction declare = Action();
  EXPECT_EQ(Reason(declare), "MISSING_FIELD");
  auto& declared = *declare.mutable_declare_prior_knowledge()->add_concepts();
  declared.set_concept_id("vectors");
  EXPECT_EQ(Reason(declare), "OUT_OF_RANGE") << "no level";
  declared.set_level(static_cast<events::v1::PriorKnowledge>(77));
  EXPECT_EQ(Reason(declare), "OUT_OF_RANGE");
  declared.set_level(events::v1::PRIOR_KNOWLEDGE_GOOD);
  EXPECT_THAT(Kinds(Do(declare)), ElementsAre(LearnerEvent::kPriorKnowledgeDeclared));
  EXPECT_THAT(View().concepts(), IsEmpty());
  EXPECT_EQ(View().stages(0).gate().mastered_count(), 0);
  declared.set_concept_id("nothing");
  EXPECT_EQ(Reason(declare), "CONCEPT_NOT_FOUND");
}

TEST_F(PlanTest, APlacementSaysWhatTheLedgerHas) {
  Answer("vectors.q1");
  Answer("vectors.q2", false);
  v1::LearnerAction finish = Action();
  finish.mutable_finish_placement()->set_roadmap_id("path");
  EXPECT_EQ(Reason(finish), "MISSING_FIELD");
  finish.mutable_finish_placement()->add_concept_ids("vectors");
  finish.mutable_finish_placement()->add_concept_ids("gradients");
  const Decision decision = Do(finish);
  ASSERT_THAT(Kinds(decision), ElementsAre(LearnerEvent::kPlacementFinished));
  const auto& placed = decision.events[0].placement_finished();
  ASSERT_EQ(placed.concepts_size(), 2);
  EXPECT_EQ(placed.concepts(0).answer_count(), 2);
  EXPECT_EQ(placed.concepts(0).correct_count(), 1);
  EXPECT_EQ(placed.concepts(1).answer_count(), 0);
  finish.mutable_finish_placement()->set_concept_ids(1, "elsewhere");
  EXPECT_EQ(Reason(finish), "CONCEPT_NOT_FOUND") << "of another roadmap";
  EXPECT_EQ(Folded(), state);
}

TEST_F(PlanTest, NotesAreCheckedAgainstTheCatalog) {
  v1::LearnerAction note = Action();
  note.mutable_finish_resource()->set_resource_id("book");
  EXPECT_THAT(Do(note).events[0].resource_finished().concept_ids(), ElementsAre("vectors"));
  note.mutable_finish_resource()->set_resource_id("none");
  EXPECT_EQ(Reason(note), "RESOURCE_NOT_FOUND");
  for (const int stars : {-1, 0, 6}) {
    note.mutable_rate_resource()->set_resource_id("guide");
    note.mutable_rate_resource()->set_stars(stars);
    EXPECT_EQ(Reason(note), "OUT_OF_RANGE") << stars;
  }
  note.set_request_id(NextId());
  note.mutable_rate_resource()->set_stars(5);
  EXPECT_EQ(Do(note).events[0].resource_rated().stars(), 5);
  note.mutable_rate_resource()->set_resource_id("none");
  EXPECT_EQ(Reason(note), "RESOURCE_NOT_FOUND");
  note.mutable_read_explanation()->set_concept_id("matrices");
  EXPECT_EQ(Reason(note), "LESSON_NOT_FOUND");
  note.mutable_read_explanation()->set_concept_id("none");
  EXPECT_EQ(Reason(note), "CONCEPT_NOT_FOUND");
  note.mutable_read_explanation()->set_concept_id("vectors");
  note.set_request_id(NextId());
  EXPECT_THAT(Kinds(Do(note)), ElementsAre(LearnerEvent::kExplanationRead));
  EXPECT_THAT(View().concepts(), IsEmpty()) << "no evidence";
}

TEST_F(PlanTest, StepsAreRememberedOnce) {
  const auto step = [&](const std::string& milestone, const std::string& step_id) {
    v1::LearnerAction action = Action();
    action.mutable_finish_project_step()->set_milestone_id(milestone);
    action.mutable_finish_project_step()->set_step_id(step_id);
    return action;
  };
  Do(step("first-work", "draft"));
  Do(step("first-work", "draft"));
  EXPECT_EQ(Reason(step("first-work", "none")), "STEP_NOT_FOUND");
  EXPECT_EQ(Reason(step("none", "draft")), "MILESTONE_NOT_FOUND");
  ASSERT_EQ(View().milestones_size(), 1);
  EXPECT_EQ(View().milestones(0).milestone_id(), "first-work");
  EXPECT_EQ(View().milestones(0).status(), v1::MILESTONE_STATUS_IN_WORK);
  EXPECT_THAT(View().milestones(0).done_step_ids(), ElementsAre("draft"));
  EXPECT_EQ(Folded(), state);
}

TEST_F(PlanTest, EveryEventSaysItsSchemaVersion) {
  EXPECT_EQ(Do(Goal()).events[1].schema_version(), 4);
  EXPECT_EQ(Answer("vectors.q1").events[0].schema_version(), 4);
}

}  // namespace
}  // namespace edirae::progress
