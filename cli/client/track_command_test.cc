#include "cli/client/track_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "cli/client/render_advice.h"

namespace edirae::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

events::v1::GoalSet CareerGoal() {
  events::v1::GoalSet goal;
  goal.mutable_career()->set_roadmap_id("machine-learning");
  goal.mutable_career()->set_career_id("mlops-engineer");
  goal.set_hours_per_week(10);
  goal.mutable_target_date()->set_year(2027);
  goal.mutable_target_date()->set_month(6);
  goal.mutable_target_date()->set_day(3);
  return goal;
}

TEST(TrackGoals, AreTheGoalThatTheLearnerHasSet) {
  const auto kept = TrackGoalOf(CareerGoal(), "machine-learning");
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->career_id(), "mlops-engineer");
  EXPECT_EQ(kept->hours_per_week(), 10);
  EXPECT_EQ(kept->target_date(), "2027-06-03");
  events::v1::GoalSet more = CareerGoal();
  more.set_hours_per_week(100);
  more.set_roadmap_id("machine-learning");
  more.clear_target_date();
  const auto whole = TrackGoalOf(more, "machine-learning");
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->target_case(), recommend::v1::TrackGoal::TARGET_NOT_SET) << "the whole roadmap";
  EXPECT_EQ(whole->hours_per_week(), 80) << "the most that a track takes";
  EXPECT_EQ(whole->target_date(), "");
}

TEST(TrackGoals, AreNoneOfAnotherRoadmap) {
  EXPECT_FALSE(TrackGoalOf(CareerGoal(), "medicine").has_value());
  EXPECT_FALSE(TrackGoalOf(events::v1::GoalSet(), "medicine").has_value());
}

TEST(TrackGoals, WhatIsNotSaidStaysAsItIs) {
  const auto kept = TrackGoalOf(CareerGoal(), "machine-learning");
  TrackFlags flags;
  flags.hours = 4;
  const auto slower = Propose(kept, flags);
  EXPECT_EQ(slower.career_id(), "mlops-engineer");
  EXPECT_EQ(slower.hours_per_week(), 4);
  EXPECT_EQ(slower.target_date(), "2027-06-03");
  flags.concepts = {"vectors", "matrices"};
  EXPECT_THAT(Propose(kept, flags).concepts().concept_ids(), ElementsAre("vectors", "matrices"));
  flags = {};
  flags.whole_roadmap = true;
  EXPECT_EQ(Propose(kept, flags).target_case(), recommend::v1::TrackGoal::TARGET_NOT_SET);
  EXPECT_EQ(Propose(std::nullopt, {}).hours_per_week(), 8);
}

TEST(TrackGoals, OnlyWhatAGoalSaysIsAProposal) {
  TrackFlags flags;
  flags.start = "2027-01-04";
  flags.known = {"vectors"};
  EXPECT_FALSE(flags.proposes());
  flags.target = "2027-06-03";
  EXPECT_TRUE(flags.proposes());
}

TEST(TrackChanges, ArePrintedBelowThePlan) {
  std::ostringstream out;
  PrintChanges(out, Style(false), {"Ends on 2027-02-07 instead of 2027-01-31: 7 days later."});
  EXPECT_THAT(out.str(), HasSubstr("Ends on 2027-02-07"));
  std::ostringstream same;
  PrintChanges(same, Style(false), {});
  EXPECT_THAT(same.str(), HasSubstr("changes nothing"));
}

}  // namespace
}  // namespace edirae::cli
