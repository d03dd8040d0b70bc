#include "services/recommend/domain/memory/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "common/testing/status_matchers.h"
#include "services/recommend/domain/durations.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::memory {
namespace {

using ::edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kStart = 1'764'288'000'000;  // a midnight

Card After(const Scheduler& scheduler, const Card& card, int64_t now_ms, Rating rating,
           double retention = limits::kDefaultRetention) {
  const absl::StatusOr<Card> next = scheduler.Review(card, now_ms, rating, retention);
  EXPECT_OK(next);
  return next.value_or(Card());
}

// Days to the next review, each review on the minute when it is due.
std::vector<int64_t> Intervals(const Scheduler& scheduler, const std::vector<Rating>& ratings) {
  std::vector<int64_t> days;
  Card card;
  int64_t now_ms = kStart;
  for (const Rating rating : ratings) {
    card = After(scheduler, card, now_ms, rating);
    days.push_back((card.due_ms() - now_ms) / kDayMs);
    now_ms = card.due_ms();
  }
  return days;
}

constexpr Rating kAgain = Rating::kAgain;
constexpr Rating kGood = Rating::kGood;

TEST(Scheduler, SpacesReviewsAsFsrs6Does) {
  EXPECT_THAT(Intervals(Scheduler(),
                        {kGood, kGood, kGood, kGood, kGood, kGood, kAgain, kAgain, kGood, kGood, kGood, kGood, kGood}),
              ElementsAre(0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21));
}

TEST(Scheduler, NewCardsHaveLearningStepsAndLapsedOnesAnotherStep) {
  const Scheduler scheduler;
  const auto minutes = [&](const Card& card) { return (card.due_ms() - card.last_review_ms) / kMinuteMs; };
  EXPECT_EQ(minutes(After(scheduler, Card(), kStart, Rating::kAgain)), 1);
  EXPECT_EQ(minutes(After(scheduler, Card(), kStart, Rating::kHard)), 6);
  Card card = After(scheduler, Card(), kStart, Rating::kGood);
  EXPECT_EQ(minutes(card), 10);
  EXPECT_EQ(card.phase(), Phase::kLearning);
  card = After(scheduler, card, card.due_ms(), Rating::kGood);
  EXPECT_EQ(card.phase(), Phase::kReview);
  EXPECT_EQ(After(scheduler, Card(), kStart, Rating::kEasy).phase(), Phase::kReview);

  card = After(scheduler, card, card.due_ms(), Rating::kAgain);
  EXPECT_EQ(card.phase(), Phase::kRelearning);
  EXPECT_EQ(minutes(card), 10);
  EXPECT_EQ(minutes(After(scheduler, card, card.due_ms(), Rating::kHard)), 15);
  EXPECT_EQ(After(scheduler, card, card.due_ms(), Rating::kGood).phase(), Phase::kReview);
}

TEST(Scheduler, BetterRatingsWaitLonger) {
  for (const Model model : {Model::kFsrs6, Model::kFsrs7}) {
    const Scheduler scheduler(model);
    Card card = After(scheduler, Card(), kStart, Rating::kEasy);
    const int64_t now_ms = card.due_ms();
    const int64_t hard = After(scheduler, card, now_ms, Rating::kHard).due_ms();
    const int64_t good = After(scheduler, card, now_ms, Rating::kGood).due_ms();
    const int64_t easy = After(scheduler, card, now_ms, Rating::kEasy).due_ms();
    EXPECT_LT(now_ms, hard);
    EXPECT_LT(hard, good);
    EXPECT_LT(good, easy);
  }
}

TEST(Scheduler, WhoWantsToRememberMoreReviewsSooner) {
  for (const Model model : {Model::kFsrs6, Model::kFsrs7}) {
    const Scheduler scheduler(model);
    const Card card = After(scheduler, Card(), kStart, Rating::kEasy);
    const int64_t now_ms = card.due_ms();
    const Card relaxed = After(scheduler, card, now_ms, kGood, limits::kMinRetention);
    const Card eager = After(scheduler, card, now_ms, kGood, limits::kMaxRetention);
    EXPECT_EQ(relaxed.stability, eager.stability);
    EXPECT_LT(eager.due_ms(), relaxed.due_ms());
    EXPECT_NEAR(scheduler.Retrievability(relaxed, relaxed.due_ms()), limits::kMinRetention, 0.01);
    EXPECT_NEAR(scheduler.Retrievability(eager, eager.due_ms()), limits::kMaxRetention, 0.01);
  }
}

TEST(Scheduler, RecallIsZeroBeforeTheFirstReviewAndFallsAfterIt) {
  for (const Model model : {Model::kFsrs6, Model::kFsrs7}) {
    const Scheduler scheduler(model);
    EXPECT_EQ(scheduler.Retrievability(Card(), kStart), 0);
    const Card card = After(scheduler, Card(), kStart, kGood);
    EXPECT_GT(scheduler.Retrievability(card, kStart), 0.99);
    EXPECT_LT(scheduler.Retrievability(card, kStart + 90 * kDayMs), 0.9);
    EXPECT_EQ(scheduler.Retrievability(card, kStart - kDayMs), scheduler.Retrievability(card, kStart));
  }
}

TEST(Scheduler, NoIntervalIsLongerThanTheBound) {
  for (const Model model : {Model::kFsrs6, Model::kFsrs7}) {
    const Scheduler scheduler(model);
    Card card;
    int64_t now_ms = kStart;
    for (int i = 0; i < 20; ++i) {
      card = After(scheduler, card, now_ms, Rating::kEasy, limits::kMinRetention);
      // Easy waits up to two days longer than good does, which alone is bounded.
      ASSERT_LE(card.due_ms() - now_ms, (limits::kMaxReviewIntervalDays + 2) * kDayMs);
      now_ms = card.due_ms();
    }
    EXPECT_GE(card.due_ms() - card.last_review_ms, 36'000 * kDayMs);
  }
}

TEST(Scheduler, RefusesWhatCannotBe) {
  const Scheduler scheduler;
  const Card card = After(scheduler, Card(), kStart, kGood);
  const auto refuses = [](absl::string_view why) {
    return StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(std::string(why)));
  };
  EXPECT_THAT(scheduler.Review(card, kStart - 1, kGood, 0.9), refuses("before the last one"));
  EXPECT_THAT(scheduler.Review(Card(), -1, kGood, 0.9), refuses("a review at -1 ms"));
  EXPECT_THAT(scheduler.Review(Card(), limits::kMaxReviewMs + 1, kGood, 0.9), refuses("it can be 0 to"));
  EXPECT_THAT(scheduler.Review(card, kStart, kGood, 0.69), refuses("a desired retention of 0.69"));
  EXPECT_THAT(scheduler.Review(card, kStart, kGood, std::numeric_limits<double>::quiet_NaN()), refuses("retention"));
  EXPECT_OK(scheduler.Review(card, kStart, kGood, 0.9));
}

TEST(Fsrs6, BringsWeightsIntoTheirRanges) {
  Fsrs6::Weights weights = Fsrs6::DefaultWeights();
  weights[20] = 7;
  weights[0] = std::nan("");
  const Fsrs6 model(weights);
  EXPECT_EQ(model.weights()[20], 0.8);
  EXPECT_EQ(model.weights()[0], 0.001);
  EXPECT_EQ(model.First(Rating::kAgain).stability, 0.1);
  EXPECT_NEAR(model.Retrievability(5, 5), 0.9, 1e-8);
}

}  // namespace
}  // namespace edirae::recommend::memory
