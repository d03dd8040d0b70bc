#include <algorithm>

#include "services/recommend/domain/mastery/log_odds.h"
#include "services/recommend/domain/mastery/model.h"

namespace edirae::recommend::mastery {
namespace {

Part PartOf(int dense) {
  switch (dense) {
    case kEase:
    case kItemEvidence:
    case kEaseByAnswers:
      return Part::kDifficulty;
    case kAbility:
    case kAbilityFast:
    case kDoubt:
    case kDoubtFast:
    case kTendency:
    case kTendency + 1:
    case kTendency + 2:
    case kSurprise:
    case kRecentSurprise:
    case kAnswers:
    case kCorrect:
      return Part::kAbility;
    case kConceptAbility:
    case kConceptAbilityFast:
    case kConceptTendency:
    case kConceptTendency + 1:
    case kConceptTendency + 2:
    case kConceptSurprise:
    case kConceptAttempts:
    case kConceptCorrect:
    case kConceptLast:
      return Part::kConcept;
    default:
      return Part::kHistory;
  }
}

}  // namespace

Explanation Explain(const Weights& weights, const LearnerState& state, const Question& question) {
  Features features;
  Extract(weights, state, question, features);
  Explanation explanation;
  const auto add = [&explanation](Part part, float log_odds) {
    explanation.parts[static_cast<size_t>(part)] += log_odds;
  };
  for (const Term& term : features.sparse()) add(term.part, weights.At(term.weight) * term.value);

  const Network& network = weights.network;
  DenseFeatures dense = features.dense;
  network.Standardise(dense);
  add(Part::kBase, network.bias);
  add(Part::kPattern, network.Pattern(dense));
  for (int i = 0; i < kDenseFeatures; ++i) {
    const float log_odds = network.linear[i] * dense[i];
    if (i != kExpectation && i != kExpectationWithOffsets) {
      add(PartOf(i), log_odds);
      continue;
    }
    // Sums of others, so that they belong to several parts: to each as far as it is away from the average.
    const float slope = network.linear[i] * network.scale[i];
    const float ability = slope * (features.dense[kAbility] - network.mean[kAbility]);
    const float concepts = slope * (features.dense[kConceptAbility] - network.mean[kConceptAbility]);
    const float difficulty = slope * (features.dense[kEase] - network.mean[kEase]);
    add(Part::kAbility, ability);
    add(Part::kConcept, concepts);
    add(Part::kDifficulty, difficulty);
    add(Part::kHistory, log_odds - ability - concepts - difficulty);
  }
  for (const float part : explanation.parts) explanation.log_odds += part;
  explanation.probability = Sigmoid(explanation.log_odds);
  return explanation;
}

}  // namespace edirae::recommend::mastery
