#include "services/recommend/domain/track/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/track/track_plan.h"
#include "services/recommend/limits.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend::track {
namespace {

using recommend::testing::History;
using recommend::testing::SampleCourse;
using recommend::testing::SampleModels;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// As of track_plan_test: vectors, matrices (after vectors), history, regression (after both), trees (after regression);
// five hours each.
v1::TrackPlan PlanOf(const Goal& goal, const History& history = History()) {
  static const CourseIndex course = [] {
    CourseIndex made = SampleCourse();
    for (TaughtConcept& taught : made.concepts) taught.estimated_minutes = 300;
    return made;
  }();
  const LearnerState state = history.Fold();
  return PlanTrack(choosing::LearnerView(SampleModels(), state, course, history.now()), goal);
}

Goal With(std::vector<int> concepts, double hours) {
  return {.concepts = std::move(concepts), .hours_per_week = hours, .start = absl::CivilDay(2027, 1, 4)};
}

// A plan of weeks of ten hours, from the items that each finishes and their minutes.
using Done = std::vector<std::vector<std::pair<std::string, int>>>;
v1::TrackPlan PlanOf(const Done& weeks) {
  v1::TrackPlan plan;
  plan.set_feasible(true);
  for (size_t i = 0; i < weeks.size(); ++i) {
    auto& week = *plan.add_weeks();
    week.set_start_date(absl::FormatCivilTime(absl::CivilDay(2027, 1, 4) + static_cast<int>(i) * 7));
    int free = 600;
    for (const auto& [id, minutes] : weeks[i]) {
      auto& item = *week.add_items();
      item.set_concept_id(id);
      item.set_minutes(minutes);
      item.set_completed(true);
      free -= minutes;
    }
    week.set_slack_minutes(free);
  }
  return plan;
}

TEST(TrackComparison, OfAPlanWithItselfIsEmpty) {
  EXPECT_THAT(Compare(PlanOf(With({4}, 5)), PlanOf(With({4}, 5))), IsEmpty());
  EXPECT_THAT(Compare(v1::TrackPlan(), v1::TrackPlan()), IsEmpty());
}

TEST(TrackComparison, FewerHoursMoveWhatIsPlanned) {
  EXPECT_THAT(
      Compare(PlanOf(With({1}, 12)), PlanOf(With({1}, 6))),
      ElementsAre("Ends on 2027-01-17 instead of 2027-01-10: 7 days later.",
                  "matrices moves from the week of 2027-01-04 to that of 2027-01-11, because a week has 6 hours "
                  "instead of 12 hours."));
}

TEST(TrackComparison, WhatComesBeforeIsTheCause) {
  const auto current = PlanOf(Done{{{"vectors", 300}}, {{"trees", 300}}});
  const auto proposed = PlanOf(Done{{{"vectors", 300}}, {{"history", 400}}, {{"trees", 300}}});
  EXPECT_THAT(
      Compare(current, proposed),
      ElementsAre(
          "New on the way: history.",
          "trees moves from the week of 2027-01-11 to that of 2027-01-18, because history comes before it now."));
  EXPECT_THAT(Compare(proposed, current),
              ElementsAre("No longer on the way: history.",
                          "trees moves from the week of 2027-01-18 to that of 2027-01-11, because history is no longer "
                          "before it."));
}

TEST(TrackComparison, WhatTakesLongerIsTheCause) {
  const auto current = PlanOf(Done{{{"vectors", 300}, {"matrices", 200}}});
  const auto proposed = PlanOf(Done{{{"vectors", 450}}, {{"matrices", 210}}});
  EXPECT_THAT(Compare(current, proposed), ElementsAre("matrices moves from the week of 2027-01-04 to that of "
                                                      "2027-01-11, because vectors takes 150 minutes more."));
  const auto crowded = PlanOf(Done{{{"vectors", 300}}, {{"matrices", 200}}});
  EXPECT_THAT(Compare(current, crowded), ElementsAre("matrices moves from the week of 2027-01-04 to that of "
                                                     "2027-01-11, because there are more reviews before it."));
}

TEST(TrackComparison, SaysWhenADateIsMetOrNoLongerMet) {
  Goal slow = With({4}, 5);
  Goal fast = With({4}, 20);
  slow.target = fast.target = absl::CivilDay(2027, 1, 20);
  EXPECT_EQ(Compare(PlanOf(slow), PlanOf(fast))[1], "Meets its date now.");
  EXPECT_EQ(Compare(PlanOf(fast), PlanOf(slow))[1], "Does not meet its date any more.");
}

TEST(TrackComparison, EvidenceBringsThePlanForward) {
  const auto changes = Compare(PlanOf(With({4}, 5)), PlanOf(With({4}, 5), History().Learn("vectors")));
  ASSERT_GE(changes.size(), 3u);
  EXPECT_EQ(changes[1], "No longer on the way: vectors.");
  EXPECT_THAT(changes[2], ::testing::HasSubstr("because vectors is no longer before it"));
}

TEST(TrackComparison, TellsOnlySoManyMoves) {
  Done current(1), proposed(2);
  for (int i = 0; i < limits::kMaxToldMoves + 3; ++i) {
    current[0].push_back({absl::StrCat("concept-", i), 1});
    proposed[1].push_back({absl::StrCat("concept-", i), 1});
  }
  const auto changes = Compare(PlanOf(current), PlanOf(proposed));
  ASSERT_EQ(changes.size(), static_cast<size_t>(limits::kMaxToldMoves) + 1);
  EXPECT_EQ(changes.back(), "And 3 more move.");
}

}  // namespace
}  // namespace edirae::recommend::track
