#include "services/recommend/domain/mastery/online_learning.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "services/recommend/domain/mastery/log_odds.h"
#include "services/recommend/domain/mastery/model.h"

namespace edirae::recommend::mastery {
namespace {

constexpr float kRate = 0.03f;
// What the squares start with: low for weights of new items, high for those that were fitted, which a single answer
// must not move far.
constexpr float kNewSquares = 1;
constexpr float kFittedSquares = 16;

void Count(Rate& rate, bool correct) {
  ++rate.answers;
  if (correct) ++rate.correct;
}

// A Newton step from what was known before, of which `information` and the prior say how firm it is.
float Step(Offsets& offsets, size_t at, float error, float information, float precision, float bound) {
  offsets.information[at] += information;
  const float before = offsets.values[at];
  offsets.values[at] = std::clamp(before + error / (offsets.information[at] + precision), -bound, bound);
  return offsets.values[at] - before;
}

}  // namespace

OnlineLearner::OnlineLearner(Weights weights) : weights_(std::move(weights)) {
  for (size_t table = 0; table < WeightPlace::kTables; ++table) {
    squares_[table].assign(weights_.sparse[table].size(), kFittedSquares);
  }
}

float OnlineLearner::Learn(LearnerState& state, const Question& question, bool correct) {
  Register(question, weights_);
  for (size_t table = 0; table < WeightPlace::kTables; ++table) {
    squares_[table].resize(weights_.sparse[table].size(), kNewSquares);
  }
  Features features;
  Extract(weights_, state, question, features);
  const float probability = Sigmoid(LogOddsOf(weights_, features));
  LearnStatistics(features, correct);
  LearnSparse(features, probability - (correct ? 1.0f : 0.0f));
  Apply(features, question.time_seconds, correct, state);
  return probability;
}

void OnlineLearner::LearnStatistics(const Features& features, bool correct) {
  Statistics& statistics = weights_.statistics;
  Count(statistics.all, correct);
  if (features.item != Registry::kUnknown) Count(statistics.item_rates[features.item], correct);
  for (const AskedConcept& asked : features.asked()) {
    if (asked.number != Registry::kUnknown) Count(statistics.concept_rates[asked.number], correct);
  }
  float log_odds = features.expected_slow;
  const auto step = [&](OffsetPlace place, float precision, float bound) {
    if (place.at == Registry::kUnknown) return;
    const float p = Sigmoid(log_odds);
    const float error = (correct ? 1.0f : 0.0f) - p;
    log_odds += Step(statistics.TableOf(place), static_cast<size_t>(place.at), error, p * (1 - p), precision, bound);
  };
  for (int i = 0; i < kEaseOffsets; ++i) step(features.places.ease[i], kEasePrecision[i], kMaxEaseOffset);
  for (const OffsetPlace& place : features.places.trace) {
    log_odds += statistics.ValueAt(place);
    step(place, kTracePrecision, kMaxTraceOffset);
  }
}

void OnlineLearner::LearnSparse(const Features& features, float error) {
  for (const Term& term : features.sparse()) {
    const size_t table = term.weight.table();
    float& weight = weights_.sparse[table][term.weight.at()];
    float& square = squares_[table][term.weight.at()];
    const float gradient = error * term.value + PenaltyOf(term.weight) * weight;
    square += gradient * gradient;
    weight -= kRate * gradient / std::sqrt(square);
  }
}

}  // namespace edirae::recommend::mastery
