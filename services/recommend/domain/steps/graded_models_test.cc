#include "services/recommend/domain/steps/graded_models.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace edirae::recommend::steps {
namespace {

using Grids = std::array<std::array<uint16_t, kStrengths>, kGradedModels>;
using Probabilities = std::array<double, kStrengths>;

// What UpdateGraded does, as a textbook has it: Bayes' rule, then learning, in doubles and without any table.
struct Expected {
  Probabilities after = {};
  double chance = 0;  // of the answer
};

Expected ByTheBook(const std::array<uint16_t, kStrengths>& grid, double rate, double retention, bool correct) {
  Expected expected;
  const double sum = std::accumulate(grid.begin(), grid.end(), 0.0);
  for (int i = 0; i < kStrengths; ++i) {
    const double right = ChanceOfSuccess(Strengths()[i] * retention);
    const double weight = grid[i] / sum * (correct ? right : 1 - right);
    expected.chance += weight;
    const double learned = rate * (correct ? 1 : 0.6) * (right < 0.35 ? 0.67 : 1);
    const double place = std::min(i - std::log(1 - learned) / kGridStep, kStrengths - 1.0);
    const auto below = static_cast<size_t>(place);
    const double part = place - static_cast<double>(below);
    expected.after[below] += weight * (1 - part);
    if (part > 0) expected.after[below + 1] += weight * part;
  }
  for (double& probability : expected.after) probability /= expected.chance;
  return expected;
}

TEST(GradedModels, FollowBayesRuleAndLearning) {
  const std::array<double, kGradedModels> rates = {0.5 * kRate, kRate, 1.7 * kRate};
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    Grids grids;
    for (auto& grid : grids) std::ranges::generate(grid, [&] { return random() % (round % 7 == 0 ? 3 : 8000) + 1; });
    const double retention = round % 5 == 0 ? 1 : static_cast<double>(random() % 10'001) / 10'000;
    const bool correct = random() % 2 == 0;
    const Grids before = grids;
    const std::array<Updated, kGradedModels> updated = UpdateGraded(retention, correct, grids);
    for (size_t model = 0; model < grids.size(); ++model) {
      const Expected expected = ByTheBook(before[model], rates[model], retention, correct);
      EXPECT_NEAR(updated[model].log_chance, std::log(expected.chance), 1e-4) << retention;
      EXPECT_NEAR(updated[model].strength,
                  std::inner_product(Strengths().begin(), Strengths().end(), expected.after.begin(), 0.0), 1e-4);
      for (int i = 0; i < kStrengths; ++i) {
        EXPECT_NEAR(grids[model][i] / kUnit, expected.after[i], 1e-4) << "round " << round << " strength " << i;
      }
    }
  }
}

}  // namespace
}  // namespace edirae::recommend::steps
