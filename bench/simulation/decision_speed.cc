#include "bench/simulation/decision_speed.h"

#include <algorithm>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "bench/simulation/random.h"
#include "services/recommend/domain/steps/next_step.h"

namespace edirae::simulation {
namespace {

using recommend::steps::Curriculum;
using recommend::steps::StepsState;

constexpr int kDecisions = 5000;
constexpr int kDecisionsADay = 50;

double Quantile(std::vector<double>& values, double share) {
  const auto at = values.begin() + static_cast<int>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

DecisionSpeed MeasureDecisions(int concepts) {
  Curriculum curriculum;
  for (int i = 0; i < concepts; ++i) {
    curriculum.prerequisites.push_back(i == 0 ? std::vector<int32_t>{} : std::vector<int32_t>{i - 1});
  }
  Random random(1);
  StepsState state;
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < concepts; ++i) {
      recommend::steps::Observe({.concept_index = i, .correct = random.Chance(0.9), .at_days = 2.0 * round}, state);
    }
  }
  std::vector<double> choosing;
  std::vector<double> observing;
  for (int i = 0; i < kDecisions; ++i) {
    const double now = 20 + static_cast<double>(i) / kDecisionsADay;
    const absl::Time start = absl::Now();
    const int32_t chosen = Choose(state, curriculum, now).concept_index;
    const absl::Time chosen_at = absl::Now();
    Observe({.concept_index = chosen, .correct = random.Chance(0.8), .at_days = now}, state);
    choosing.push_back(absl::ToDoubleMicroseconds(chosen_at - start));
    observing.push_back(absl::ToDoubleMicroseconds(absl::Now() - chosen_at));
  }
  return {.choose_median = Quantile(choosing, 0.5),
          .choose_p99 = Quantile(choosing, 0.99),
          .observe_median = Quantile(observing, 0.5),
          .observe_p99 = Quantile(observing, 0.99)};
}

}  // namespace edirae::simulation
