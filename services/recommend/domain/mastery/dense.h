#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_DENSE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_DENSE_H_

#include <array>

namespace edirae::recommend::mastery {

// The features that every answer has, whatever its item and concepts. A weights file names its numbers by this order:
// new ones go to the end, before kDenseFeatures.
enum Dense {
  kEase,            // log-odds of being right of the average learner, on this item with this history
  kItemEvidence,    // how often the item was seen
  kAbility,         // learner, slow filter
  kConceptAbility,  // concepts of the item, slow filter
  kExpectation,     // sum of the three
  kAbilityFast,
  kConceptAbilityFast,
  kDoubt,  // standard deviation of the slow filter
  kDoubtFast,
  kTendency,  // of the learner, at each speed
  kConceptTendency = kTendency + 3,
  kSurprise = kConceptTendency + 3,
  kRecentSurprise,
  kConceptSurprise,
  kAnswers,
  kCorrect,
  kConceptAttempts,
  kConceptCorrect,
  kItemAttempts,
  kItemCorrect,
  kItemLast,
  kConceptLast,
  kLast,
  kRun,
  kConceptLag,  // answers since the concept was last met
  kSameConcept,
  kPause,
  kEaseByAnswers,
  kOffset,  // of six histories, see offsets in features.h
  kExpectationWithOffsets = kOffset + 6,
  kDenseFeatures,
};

using DenseFeatures = std::array<float, kDenseFeatures>;
inline constexpr float kDenseBound = 4;  // standard deviations

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_DENSE_H_
