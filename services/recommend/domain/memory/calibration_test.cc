#include "services/recommend/domain/memory/calibration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "services/recommend/domain/durations.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::memory {
namespace {

constexpr int64_t kFirstMidnight = 1'764'288'000'000;

// Mean log losses of predictions made before each outcome, over days when a learner reviews a card that is due.
struct LogLoss {
  double defaults = 0;
  double calibrated = 0;
};

// A learner who recalls with the chance that the model gives, moved by `shift` in log-odds.
LogLoss Simulate(double shift, int reviews, Calibration& calibration) {
  const Scheduler scheduler;
  std::mt19937 random(20261128);
  LogLoss loss;
  Card card;
  int64_t now_ms = kFirstMidnight;
  for (int i = 0; i < reviews; ++i) {
    if (i % 8 == 0) card = scheduler.Review(Card(), now_ms, Rating::kEasy, 0.9).value();
    now_ms += kDayMs * (1 + static_cast<int64_t>(random() % 30));
    const double model = scheduler.RetrievabilityAtReview(card, now_ms);
    const double chance = 1 / (1 + std::exp(-std::log(model / (1 - model)) - shift));
    const bool recalled = std::bernoulli_distribution(chance)(random);
    const double ours = calibration.Recall(scheduler, card, now_ms);
    loss.defaults -= std::log(recalled ? model : 1 - model) / reviews;
    loss.calibrated -= std::log(recalled ? ours : 1 - ours) / reviews;
    calibration.Observe(scheduler, card, now_ms, recalled);
    card = scheduler.Review(card, now_ms, recalled ? Rating::kGood : Rating::kAgain, 0.9).value();
  }
  return loss;
}

TEST(Calibration, SaysWhatTheModelSaysBeforeTheFirstReview) {
  const Scheduler scheduler;
  const Card card = scheduler.Review(Card(), kFirstMidnight, Rating::kEasy, 0.9).value();
  const int64_t later = kFirstMidnight + 12 * kDayMs;
  EXPECT_NEAR(Calibration().Recall(scheduler, card, later), scheduler.RetrievabilityAtReview(card, later), 1e-12);
  EXPECT_EQ(Calibration().DueMs(scheduler, card, 0.9), card.due_ms());
}

TEST(Calibration, LearnsWhoForgetsMoreAndWhoForgetsLess) {
  for (const double shift : {-1.0, 1.5}) {
    Calibration calibration;
    const LogLoss loss = Simulate(shift, 1000, calibration);
    EXPECT_LT(loss.calibrated, 0.95 * loss.defaults) << shift;
  }
}

TEST(Calibration, CostsALearnerWhoIsAsTheModelSaysNextToNothing) {
  Calibration calibration;
  const LogLoss loss = Simulate(0, 1000, calibration);
  EXPECT_LT(loss.calibrated, loss.defaults + 0.01);
}

TEST(Calibration, MovesReviewsToWhereTheLearnerForgets) {
  const Scheduler scheduler;
  const Card card = scheduler.Review(Card(), kFirstMidnight, Rating::kEasy, 0.9).value();
  Calibration forgetful;
  Simulate(-1, 1000, forgetful);
  Calibration retentive;
  Simulate(1.5, 1000, retentive);
  EXPECT_LT(forgetful.DueMs(scheduler, card, 0.9), card.due_ms());
  EXPECT_GT(retentive.DueMs(scheduler, card, 0.9), card.due_ms());
  EXPECT_NEAR(forgetful.Recall(scheduler, card, forgetful.DueMs(scheduler, card, 0.8)), 0.8, 0.05);
  EXPECT_LE(retentive.DueMs(scheduler, card, 0.7), kFirstMidnight + limits::kMaxReviewIntervalDays * kDayMs);
}

TEST(Calibration, LearnsNothingFromReviewsOnTheSameDayOrOfNewCards) {
  const Scheduler scheduler;
  const Card card = scheduler.Review(Card(), kFirstMidnight, Rating::kEasy, 0.9).value();
  Calibration calibration;
  calibration.Observe(scheduler, card, kFirstMidnight + kDayMs - 1, false);
  calibration.Observe(scheduler, Card(), kFirstMidnight + 3 * kDayMs, false);
  EXPECT_EQ(calibration, Calibration());
  calibration.Observe(scheduler, card, kFirstMidnight + kDayMs, false);
  EXPECT_NE(calibration, Calibration());
}

TEST(Calibration, StaysFiniteHoweverLongALearnerIsUnlucky) {
  const Scheduler scheduler;
  Calibration calibration;
  const Card card = scheduler.Review(Card(), kFirstMidnight, Rating::kEasy, 0.9).value();
  for (int i = 0; i < 20'000; ++i)
    calibration.Observe(scheduler, card, kFirstMidnight + kDayMs * (1 + i % 3000), i % 7 == 0);
  const double recall = calibration.Recall(scheduler, card, kFirstMidnight + 10 * kDayMs);
  EXPECT_GT(recall, 0);
  EXPECT_LT(recall, 0.9);
}

}  // namespace
}  // namespace edirae::recommend::memory
