#include "services/recommend/domain/track/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/track/kept_track.h"
#include "services/recommend/limits.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend::track {
namespace {

using recommend::testing::History;
using recommend::testing::SampleCourse;
using recommend::testing::SampleModels;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// As of track_plan_test: 0 vectors, 1 matrices (after vectors), 2 history, 3 regression (after both), 4 trees (after
// regression); five hours each, and a milestone that ends the basics.
const CourseIndex& ComparedCourse() {
  static const CourseIndex course = [] {
    CourseIndex made = SampleCourse();
    for (TaughtConcept& taught : made.concepts) taught.estimated_minutes = 300;
    made.stages[0].milestone_id = "essay";
    made.stages[0].milestone_minutes = 120;
    return made;
  }();
  return course;
}

Goal Wish(std::vector<int> concepts, double hours = 6) {
  return {.concepts = std::move(concepts),
          .with_milestones = false,
          .hours_per_week = hours,
          .start = absl::CivilDay(2027, 1, 18),
          .wished_start = absl::CivilDay(2027, 1, 18)};
}

// A way that owns what it was planned from.
class Planned {
 public:
  Planned(const History& history, Goal goal, const CourseIndex& course = ComparedCourse())
      : state_(history.Fold()),
        view_(SampleModels(), state_, course, history.now()),
        goal_(std::move(goal)),
        plan_(PlanTrack(view_, goal_)) {}

  Way way() const { return {.plan = plan_, .view = view_, .goal = goal_}; }

 private:
  const LearnerState state_;
  const choosing::LearnerView view_;
  const Goal goal_;
  const v1::TrackPlan plan_;
};

std::vector<v1::TrackChange> Told(const Planned& before, const Planned& after) {
  return Compare(before.way(), after.way()).told;
}

std::vector<std::string> Texts(const Planned& before, const Planned& after) {
  std::vector<std::string> texts;
  for (const auto& change : Told(before, after)) texts.push_back(change.text());
  return texts;
}

TEST(TrackComparison, OfAWayWithItselfIsEmpty) {
  EXPECT_THAT(Texts({History(), Wish({4})}, {History(), Wish({4})}), IsEmpty());
}

TEST(TrackComparison, AnApprovedMilestoneIsDone) {
  CourseIndex course = ComparedCourse();
  course.stages[0].milestone_key = KeyOf("essay");
  Goal goal = Wish({1});
  goal.with_milestones = true;
  const History before = History().Submit("essay");
  const History after = History().Submit("essay").Decide("essay", events::v1::REVIEW_VERDICT_APPROVED);
  const auto changes = Told({before, goal, course}, {after, goal, course});
  const auto essay = std::ranges::find(changes, std::string("essay"), &v1::TrackChange::milestone_id);
  ASSERT_NE(essay, changes.end());
  EXPECT_EQ(essay->kind(), v1::TRACK_CHANGE_KIND_DONE);
  EXPECT_THAT(essay->text(), ::testing::HasSubstr("it is approved"));
}

TEST(TrackComparison, FewerHoursMoveWhatIsPlanned) {
  EXPECT_THAT(Texts({History(), Wish({1}, 12)}, {History(), Wish({1}, 6)}),
              ElementsAre("Ends on 2027-01-31 instead of 2027-01-24, 7 days later.",
                          "Matrices moves a week later, to the week of 2027-01-25: a week has 6 hours instead of 12 "
                          "hours."));
}

TEST(TrackComparison, ALapseBringsAConceptBackAndMovesWhatNeedsIt) {
  History history;
  history.Learn("vectors");
  const Planned before(history, Wish({1}));
  const auto changes = Told(before, {history.Lapse("vectors"), Wish({1})});
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[1].kind(), v1::TRACK_CHANGE_KIND_ADDED);
  EXPECT_EQ(changes[1].text(), "Vectors is new on the way: your mastery of it has lapsed.");
  EXPECT_EQ(changes[2].kind(), v1::TRACK_CHANGE_KIND_LATER);
  EXPECT_EQ(changes[2].concept_id(), "matrices");
  EXPECT_EQ(changes[2].date_before(), "2027-01-18");
  EXPECT_EQ(changes[2].date_after(), "2027-01-25");
  EXPECT_EQ(changes[2].cause(), v1::TRACK_CAUSE_LAPSED);
  EXPECT_EQ(changes[2].cause_concept_id(), "vectors");
  EXPECT_EQ(changes[2].text(),
            "Matrices moves a week later, to the week of 2027-01-25: you lapsed on Vectors, which it needs.");
  ASSERT_FALSE(changes[2].evidence_event_ids().empty());
  EXPECT_EQ(*changes[2].evidence_event_ids().rbegin(), history.events().back().event_id());
}

TEST(TrackComparison, WhatIsMasteredIsDoneAndBringsTheRestForward) {
  EXPECT_THAT(
      Texts({History(), Wish({1})}, {History().Learn("vectors"), Wish({1})}),
      ElementsAre("Ends on 2027-01-24 instead of 2027-01-31, 7 days earlier.", "Vectors is done: you have mastered it.",
                  "Matrices moves a week earlier, to the week of 2027-01-18: you have mastered Vectors, which "
                  "came before it."));
}

TEST(TrackComparison, WhatIsPinnedIsTheCause) {
  Goal pinned = Wish({0, 2});
  pinned.pins = {{.position = 2}};
  EXPECT_THAT(Texts({History(), Wish({0, 2})}, {History(), pinned}),
              ElementsAre("History moves a week earlier, to the week of 2027-01-18: you have pinned it.",
                          "Vectors moves a week later, to the week of 2027-01-25: you have pinned History."));
  EXPECT_THAT(Texts({History(), Wish({0})}, {History(), pinned})[1], "History is new on the way: you have pinned it.");
  EXPECT_THAT(Texts({History(), pinned}, {History(), Wish({0})})[1],
              "History is on the way no longer: it is pinned no longer.");
}

TEST(TrackComparison, TimeThatWentByIsTold) {
  Goal now = Wish({1});
  BeginOn(absl::CivilDay(2027, 1, 25), now);
  EXPECT_THAT(Texts({History(), Wish({1})}, {History(), now}),
              ElementsAre("Ends on 2027-02-07 instead of 2027-01-31, 7 days later.",
                          "Vectors moves a week later, to the week of 2027-01-25: less was learned until now than "
                          "planned.",
                          "Matrices moves a week later, to the week of 2027-02-01: less was learned until now than "
                          "planned."));
}

TEST(TrackComparison, AnotherFirstDayIsNoTimeThatWentBy) {
  Goal later = Wish({0});
  later.start = later.wished_start = absl::CivilDay(2027, 2, 1);
  Goal sooner = Wish({0});
  sooner.wished_start = sooner.start;
  const auto changes = Told({History(), sooner}, {History(), later});
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[1].cause(), v1::TRACK_CAUSE_START);
  EXPECT_EQ(
      changes[1].text(),
      "Vectors moves 2 weeks later, to the week of 2027-02-01: the way begins on 2027-02-01 instead of 2027-01-18.");
}

TEST(TrackComparison, SaysWhatIsKnownAndWhatTheGoalDoesNotNeed) {
  Goal known = Wish({1});
  known.known = {0};
  EXPECT_THAT(Texts({History(), Wish({1})}, {History(), known})[1],
              "Vectors is on the way no longer: you say that you know it.");
  EXPECT_THAT(Texts({History(), known}, {History(), Wish({1})})[1],
              "Vectors is new on the way: you do not say any more that you know it.");
  EXPECT_THAT(Texts({History(), Wish({0, 2})}, {History(), Wish({0})})[1],
              "History is on the way no longer: the goal does not need it.");
  EXPECT_THAT(Texts({History(), Wish({1})}, {History().Learn("matrices"), Wish({1})}),
              ElementsAre("Nothing is left to study.",
                          "Vectors is on the way no longer: you have mastered Matrices, for which it was needed.",
                          "Matrices is done: you have mastered it."));
}

TEST(TrackComparison, MilestonesAreNamedByTheirStage) {
  Goal with = Wish({0});
  with.with_milestones = true;
  EXPECT_THAT(Texts({History(), Wish({0})}, {History(), with}).back(),
              "The milestone of The Basics is new on the way: the goal needs it.");
  EXPECT_THAT(Texts({History(), with}, {History().Pass("basics"), with}).back(),
              "The milestone of The Basics is done: its stage is passed.");
}

TEST(TrackComparison, WhatIsThereForAGateSaysSo) {
  CourseIndex course = ComparedCourse();
  course.concepts[2].optional = false;
  course.stages[0].gate_wants_milestone = true;
  const Planned near(History(), Wish({1}), course), behind(History(), Wish({1, 3}), course);
  EXPECT_THAT(Texts(near, behind),
              ::testing::IsSupersetOf({"History is new on the way: a gate on the way asks for it.",
                                       "The milestone of The Basics is new on the way: a gate on the way asks for it.",
                                       "Regression is new on the way: the goal needs it."}));
  EXPECT_THAT(Texts(behind, near),
              ::testing::Contains("History is on the way no longer: no gate on the way asks for it any more."));
}

TEST(TrackComparison, SaysWhenADateIsMetOrNoLongerMet) {
  Goal slow = Wish({4}, 5);
  Goal fast = Wish({4}, 20);
  slow.target = fast.target = absl::CivilDay(2027, 2, 3);
  EXPECT_EQ(Texts({History(), slow}, {History(), fast})[1], "Meets 2027-02-03 now.");
  EXPECT_EQ(Texts({History(), fast}, {History(), slow})[1], "Does not meet 2027-02-03 any more.");
  EXPECT_EQ(Texts({History(), slow}, {History(), Wish({4}, 5)})[0], "Has no date to meet any more.");
}

TEST(TrackComparison, WhatTakesLessIsTheCause) {
  const auto changes = Told({History(), Wish({1}, 11)},
                            {History().Answer("vectors", 1, true).Answer("vectors", 2, true), Wish({1}, 11)});
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[1].kind(), v1::TRACK_CHANGE_KIND_EARLIER);
  EXPECT_EQ(changes[1].cause(), v1::TRACK_CAUSE_EFFORT);
  EXPECT_EQ(changes[1].cause_concept_id(), "vectors");
  EXPECT_EQ(changes[1].evidence_event_ids_size(), 2);
  EXPECT_THAT(changes[1].text(), ::testing::MatchesRegex("Matrices moves a week earlier, to the week of 2027-01-18: by "
                                                         "your answers Vectors takes [0-9]+ minutes less."));
}

// So many concepts of an hour, each by itself.
CourseIndex LongCourse(int size) {
  CourseIndex course = SampleCourse();
  TaughtConcept taught = course.concepts[0];
  course.stages.resize(1);
  course.stages[0].end_concept = size;
  course.concepts.clear();
  course.positions.clear();
  for (int position = 0; position < size; ++position) {
    taught.id = taught.title = absl::StrCat("c", position);
    taught.key = KeyOf(taught.id);
    taught.estimated_minutes = 60;
    course.positions[taught.key] = position;
    course.concepts.push_back(taught);
  }
  return course;
}

TEST(TrackComparison, TellsOnlySoMuchAndCountsTheRest) {
  const int size = static_cast<int>(limits::kMaxTrackChanges) + 10;
  const CourseIndex course = LongCourse(size);
  const LearnerState nobody;
  const choosing::LearnerView view(SampleModels(), nobody, course, recommend::testing::Noon());
  std::vector<int> all(static_cast<size_t>(size));
  std::iota(all.begin(), all.end(), 0);
  const Goal none = Wish({});
  const Goal many = Wish(all);
  const v1::TrackPlan nothing = PlanTrack(view, none);
  const v1::TrackPlan everything = PlanTrack(view, many);
  const Changes changes = Compare({nothing, view, none}, {everything, view, many});
  EXPECT_EQ(changes.told.size(), limits::kMaxTrackChanges);
  EXPECT_EQ(changes.untold, size + 1 - static_cast<int>(limits::kMaxTrackChanges)) << "one is the end";
}

TEST(TrackComparison, OfAWayThatIsTooLongOnlyTheEndIsTold) {
  const CourseIndex course = LongCourse(limits::kMaxTrackWeeks + 100);
  const LearnerState nobody;
  const choosing::LearnerView view(SampleModels(), nobody, course, recommend::testing::Noon());
  std::vector<int> all(course.concepts.size());
  std::iota(all.begin(), all.end(), 0);
  const Goal quick = Wish(all, 10);
  const Goal slow = Wish(all, 1);
  const v1::TrackPlan before = PlanTrack(view, quick);
  const v1::TrackPlan after = PlanTrack(view, slow);
  ASSERT_TRUE(after.weeks().empty());
  const Changes changes = Compare({before, view, quick}, {after, view, slow});
  ASSERT_FALSE(changes.told.empty());
  EXPECT_EQ(changes.told[0].text(), "Has no end that can be planned.");
  for (const auto& change : changes.told) EXPECT_EQ(change.concept_id(), "") << change.text();
}

}  // namespace
}  // namespace edirae::recommend::track
