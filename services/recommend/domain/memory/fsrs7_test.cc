#include "services/recommend/domain/memory/fsrs7.h"

#include <gtest/gtest.h>

#include <array>

namespace edirae::recommend::memory {
namespace {

struct Progress {
  double elapsed_days;
  Rating rating;
  Fsrs7State expected;  // to four decimals
};

// The states that fsrs-rs (c9562d6), srs-benchmark (b4b0254) and ts-fsrs agree on, as the latter's tests give them.
TEST(Fsrs7, FollowsTheReferencesThroughLearningAndReviews) {
  const std::array<Progress, 6> history = {{{0, Rating::kAgain, {0.1104, 0.0883, 6.1686}},
                                            {0, Rating::kGood, {0.1104, 0.0883, 6.1092}},
                                            {1, Rating::kGood, {0.9169, 44.4442, 6.0504}},
                                            {3, Rating::kGood, {3.5338, 193.5973, 5.9922}},
                                            {8, Rating::kGood, {10.186, 407.6265, 5.9346}},
                                            {21, Rating::kGood, {25.9857, 700.5589, 5.8775}}}};
  const Fsrs7 model;
  Fsrs7State state;
  bool first = true;
  for (const Progress& review : history) {
    state = first ? model.First(review.rating) : model.Next(state, review.elapsed_days, review.rating);
    first = false;
    EXPECT_NEAR(state.stability, review.expected.stability, 0.5e-4);
    EXPECT_NEAR(state.stability_fast, review.expected.stability_fast, 0.5e-4);
    EXPECT_NEAR(state.difficulty, review.expected.difficulty, 0.5e-4);
  }
}

TEST(Fsrs7, IntervalEndsWhereRecallHasFallenToTheDesiredRetention) {
  const Fsrs7 model;
  for (const Fsrs7State& state : {Fsrs7State{0.11, 0.09, 6.2}, Fsrs7State{10, 400, 5.9}, Fsrs7State{20, 3, 1}}) {
    for (const double retention : {0.8, 0.9, 0.97}) {
      const double days = model.IntervalDays(state, retention, 36'500);
      ASSERT_LT(days, 36'500);
      EXPECT_NEAR(model.Retrievability(days, state), retention, 1e-9);
      EXPECT_EQ(model.IntervalDays(state, retention, days / 2), days / 2);
    }
  }
}

TEST(Fsrs7, RecallIsNearlyCertainAtOnceAndOnlyFalls) {
  const Fsrs7 model;
  const Fsrs7State state = {3, 2, 7};
  EXPECT_DOUBLE_EQ(model.Retrievability(0, state), 0.99999);
  double before = 1;
  for (double days = 0; days < 3000; days = 1.5 * days + 0.01) {
    const double now = model.Retrievability(days, state);
    EXPECT_LT(now, before);
    before = now;
  }
  EXPECT_GT(before, 0);
}

TEST(Fsrs7, ALapseShortensBothTracesAndTheFastOneMore) {
  const Fsrs7 model;
  const Fsrs7State before = {50, 60, 5};
  const Fsrs7State after = model.Next(before, 40, Rating::kAgain);
  EXPECT_LT(after.stability, before.stability);
  EXPECT_LE(after.stability_fast, 0.8 * after.stability + 1e-8);
  EXPECT_GT(after.difficulty, before.difficulty);
}

}  // namespace
}  // namespace edirae::recommend::memory
