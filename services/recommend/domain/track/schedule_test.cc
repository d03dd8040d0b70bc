#include "services/recommend/domain/track/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "common/testing/seed.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::track {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

// Each work takes `minutes` and builds on the one before.
std::vector<Work> Chain(int count, int minutes) {
  std::vector<Work> works;
  for (int i = 0; i < count; ++i) {
    works.push_back({.minutes = minutes, .needs = i == 0 ? std::vector<int>{} : std::vector<int>{i - 1}, .need = 1});
  }
  return works;
}

TEST(Schedule, SplitsWorkOverWeeksAndLeavesATenthFree) {
  const auto weeks = Schedule(Chain(2, 90), {100});
  ASSERT_TRUE(weeks.has_value());
  ASSERT_EQ(weeks->size(), 3u);
  EXPECT_EQ((*weeks)[0].slack_minutes, 10);
  ASSERT_EQ((*weeks)[0].shares.size(), 1u);
  EXPECT_EQ((*weeks)[0].shares[0].minutes, 90);
  EXPECT_TRUE((*weeks)[0].shares[0].completed);
  EXPECT_EQ((*weeks)[1].review_minutes, kReviewMinutes) << "a week after the study";
  EXPECT_EQ((*weeks)[1].shares[0].minutes, 85);
  EXPECT_FALSE((*weeks)[1].shares[0].completed);
  EXPECT_EQ((*weeks)[2].shares[0].minutes, 5);
  EXPECT_TRUE((*weeks)[2].shares[0].completed);
  EXPECT_EQ((*weeks)[2].slack_minutes, 10 + 80) << "all that the last week does not need; one review is due";
}

TEST(Schedule, LosesNoMinuteAndOverfillsNoWeek) {
  std::mt19937_64 random(edirae::testing::Seed());
  for (int round = 0; round < 200; ++round) {
    std::vector<Work> works = Chain(1 + static_cast<int>(random() % 60), 1);
    int all = 0;
    for (Work& work : works) all += work.minutes = 1 + static_cast<int>(random() % 700);
    const int minutes = 60 + static_cast<int>(random() % 1000);
    const auto weeks = Schedule(works, {minutes});
    if (!weeks.has_value()) continue;
    int studied = 0;
    for (const Week& week : *weeks) {
      int sum = week.review_minutes + week.slack_minutes;
      for (const Share& share : week.shares) {
        sum += share.minutes;
        studied += share.minutes;
      }
      EXPECT_EQ(sum, minutes);
      EXPECT_LE(week.review_minutes, minutes / 2);
    }
    EXPECT_EQ(studied, all);
  }
}

TEST(Schedule, EndsWhereNoPlanIsHonest) {
  EXPECT_EQ(Schedule(Chain(1, (limits::kMaxTrackWeeks + 1) * 60), {60}), std::nullopt);
  EXPECT_THAT(Schedule({}, {60}), Optional(::testing::IsEmpty()));
}

TEST(Schedule, WhatWaitsForItsWeekHoldsUpOnlyWhatNeedsIt) {
  std::vector<Work> works = Chain(2, 50);
  works[0].not_before = 2;
  works.push_back({.minutes = 40});
  const auto weeks = Schedule(works, {100});
  ASSERT_TRUE(weeks.has_value());
  ASSERT_EQ(weeks->size(), 4u);
  ASSERT_EQ((*weeks)[0].shares.size(), 1u);
  EXPECT_EQ((*weeks)[0].shares[0].work, 2) << "it comes last, and nothing else may begin";
  EXPECT_TRUE((*weeks)[1].shares.empty());
  EXPECT_EQ((*weeks)[1].slack_minutes, 95) << "one review";
  EXPECT_EQ((*weeks)[2].shares[0].work, 0);
  EXPECT_EQ((*weeks)[2].shares[1].work, 1);
}

TEST(Schedule, WhatComesIntoItsWeekComesBeforeWhatIsUnderWay) {
  std::vector<Work> works = {{.minutes = 40, .not_before = 1}, {.minutes = 200}};
  const auto weeks = Schedule(works, {100});
  ASSERT_TRUE(weeks.has_value());
  EXPECT_EQ((*weeks)[0].shares[0].work, 1);
  EXPECT_EQ((*weeks)[1].shares[0].work, 0);
  EXPECT_EQ((*weeks)[1].shares[1].minutes, 50);
  EXPECT_TRUE((*weeks)[2].shares.back().completed);
}

TEST(Schedule, OfAWeekThatHasBegunOnlyTheRestIsThere) {
  const auto weeks = Schedule(Chain(1, 90), {.minutes_per_week = 100, .first_week_share = 0.5});
  ASSERT_TRUE(weeks.has_value());
  ASSERT_EQ(weeks->size(), 2u);
  EXPECT_EQ((*weeks)[0].shares[0].minutes, 45);
  EXPECT_EQ((*weeks)[0].slack_minutes, 5);
  EXPECT_EQ((*weeks)[1].shares[0].minutes, 45);
  EXPECT_EQ(Schedule(Chain(1, 90), {.minutes_per_week = 100, .first_week_share = 0})->size(), 2u) << "it is over";
}

TEST(Schedule, AGateTakesNoTimeAndHoldsUpWhatIsBehindIt) {
  // 1 waits for its week, and the gate 2 for it; 3 is behind the gate.
  std::vector<Work> works = {{.minutes = 50},
                             {.minutes = 50, .not_before = 3},
                             {.minutes = 0, .needs = {0, 1}, .is_reviewed = false, .is_goal = false},
                             {.minutes = 50, .needs = {2}}};
  const auto weeks = Schedule(works, {200});
  ASSERT_TRUE(weeks.has_value());
  ASSERT_EQ(weeks->size(), 4u);
  ASSERT_EQ((*weeks)[3].shares.size(), 2u);
  EXPECT_EQ((*weeks)[3].shares[0].work, 1);
  EXPECT_EQ((*weeks)[3].shares[1].work, 3);
  works[1].not_before = 0;
  EXPECT_EQ(Schedule(works, {200})->size(), 1u);
}

TEST(MinutesNeeded, AreTheFewestThatFit) {
  const std::vector<Work> works = Chain(10, 100);
  const auto minutes = MinutesNeeded(works, 4, {60}, 4800);
  ASSERT_TRUE(minutes.has_value());
  EXPECT_LE(Schedule(works, {*minutes})->size(), 4u);
  EXPECT_GT(Schedule(works, {*minutes - 30})->size(), 4u);
  EXPECT_EQ(MinutesNeeded(works, 0, {60}, 4800), std::nullopt) << "no time at all";
}

TEST(LeaveOut, TakesFromTheEndWhatNothingBuildsOn) {
  EXPECT_THAT(LeaveOut(Chain(4, 90), 2, {100}), Optional(ElementsAre(3, 2, 1)));
  EXPECT_THAT(LeaveOut(Chain(2, 90), 10, {100}), Optional(ElementsAre())) << "all fits";
  EXPECT_EQ(LeaveOut(Chain(4, 90), 0, {100}), std::nullopt);
}

TEST(LeaveOut, TakesTheLeastNeededFirstAndWhatIsThereOnlyForIt) {
  // 0 is there only for 1; 2 is optional; 3 is a milestone.
  std::vector<Work> works = {{.minutes = 50, .is_goal = false, .need = 1},
                             {.minutes = 50, .needs = {0}, .need = 1},
                             {.minutes = 50, .need = 0},
                             {.minutes = 60, .is_reviewed = false, .need = 2}};
  EXPECT_THAT(LeaveOut(works, 2, {100}), Optional(ElementsAre(2)));
  EXPECT_EQ(LeaveOut(works, 1, {100}), std::nullopt) << "a milestone alone is no plan";
}

TEST(LeaveOut, WhatAGateWantsGoesOnlyWithAllThatIsBehindIt) {
  // 0 is wished for and the gate 2 wants it; 1 is there for the gate only; 3 and 4 are behind it.
  std::vector<Work> works = {{.minutes = 90, .need = 1},
                             {.minutes = 90, .is_goal = false, .need = 1},
                             {.minutes = 0, .needs = {0, 1}, .is_reviewed = false, .is_goal = false},
                             {.minutes = 90, .needs = {2}, .need = 1},
                             {.minutes = 90, .needs = {2}, .need = 1}};
  EXPECT_THAT(LeaveOut(works, 4, {100}), Optional(ElementsAre(4)));
  EXPECT_THAT(LeaveOut(works, 1, {100}), Optional(ElementsAre(4, 3, 2, 1)));
}

TEST(LeaveOut, KeepsTheOrderOfWhatIsLeft) {
  // 1 comes after 0, which is least needed; 2 needs 1.
  std::vector<Work> works = {
      {.minutes = 90, .need = 0}, {.minutes = 90, .after = {0}, .need = 1}, {.minutes = 90, .needs = {1}, .need = 1}};
  EXPECT_THAT(LeaveOut(works, 2, {100}), Optional(ElementsAre(0, 2)));
}

}  // namespace
}  // namespace edirae::recommend::track
