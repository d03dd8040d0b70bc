#include "bench/eval/prediction_scores.h"

#include <gtest/gtest.h>

#include <cmath>

namespace edirae::eval {
namespace {

TEST(PredictionScores, MatchWhatIsCountedByHand) {
  const PredictionScores scores =
      Score({{0.9f, true, false}, {0.8f, false, false}, {0.8f, true, true}, {0.3f, false, true}});
  EXPECT_EQ(scores.answers, 4);
  EXPECT_NEAR(scores.auc, 3.5 / 4, 1e-9);  // four pairs; one of them is a tie
  EXPECT_NEAR(scores.cold_start_auc, 1, 1e-9);
  EXPECT_NEAR(scores.log_loss, -(std::log(0.9) + std::log(0.2) + std::log(0.8) + std::log(0.7)) / 4, 1e-6);
  EXPECT_NEAR(scores.rmse, std::sqrt((0.01 + 0.64 + 0.04 + 0.09) / 4), 1e-6);
  EXPECT_NEAR(scores.ece, (std::abs(0.9 - 1) + std::abs(1.6 - 1) + 0.3) / 4, 1e-6);
}

TEST(PredictionScores, CertaintyThatIsWrongCostsALotButNotEverything) {
  EXPECT_NEAR(Score({{1, false, false}}).log_loss, -std::log(1e-6), 1e-6);
}

TEST(PredictionScores, AreNotNumbersWithoutBothOutcomes) {
  EXPECT_TRUE(std::isnan(Score({{0.5f, true, false}}).auc));
  EXPECT_TRUE(std::isnan(Score({{0.5f, true, false}, {0.5f, false, false}}).cold_start_auc));
}

}  // namespace
}  // namespace edirae::eval
