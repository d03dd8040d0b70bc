#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_LEARNER_STATE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_LEARNER_STATE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/recommend/domain/mastery/answer.h"
#include "services/recommend/domain/mastery/fixed_point.h"
#include "services/recommend/domain/mastery/item_memory.h"
#include "services/recommend/domain/mastery/outcomes.h"
#include "services/recommend/domain/mastery/short_key.h"

namespace edirae::recommend::mastery {

// What a filter believes of an ability: normally distributed, in log-odds.
struct Ability {
  LogOdds mean;
  Variance variance;

  friend bool operator==(const Ability&, const Ability&) = default;
};

inline constexpr int kSpeeds = 3;  // at which tendencies forget

// What a learner showed on one concept, or on one set of concepts that items join.
struct ConceptState {
  ShortKey key = kNoKey;
  uint32_t last_clock = 0;  // LearnerState::clock_seconds at the newest answer
  Ability slow, fast;       // relative to the learner's own
  std::array<Tendency, kSpeeds> tendencies;
  Tendency surprise;      // mean of outcome minus item's rate, shrunk towards 0
  uint16_t attempts = 0;  // this and the next stay at the greatest number that fits
  uint16_t correct = 0;
  std::array<uint8_t, 3> last_answer = {};  // LearnerState::answers at the newest answer, lowest byte first
  Outcomes outcomes = kNoOutcomes;

  friend bool operator==(const ConceptState&, const ConceptState&) = default;
};
static_assert(sizeof(ConceptState) == 32, "there are as many as learners times concepts");

// Everything the model knows of a learner. A value; grows by a ConceptState per concept and an ItemMemory entry per
// item.
struct LearnerState {
  Ability slow, fast;
  std::array<Tendency, kSpeeds> tendencies;
  Tendency surprise;          // as of a concept
  float recent_surprise = 0;  // sum that forgets a tenth an answer
  uint32_t answers = 0;
  uint32_t correct = 0;
  // Time as the model sees it: only pauses that are longer than limits::kHiddenPauseSeconds move it, because a short
  // gap between two answers says how long the second took.
  uint32_t clock_seconds = 0;
  int64_t last_time_seconds = 0;
  ShortKey last_item = kNoKey;
  ShortKey last_concept = kNoKey;
  uint8_t run = 0;  // answers in a row that stayed with item or concept
  Outcomes outcomes = kNoOutcomes;
  std::vector<ConceptState> concepts;  // in order of key
  ItemMemory items;

  // Null when the learner never met it.
  const ConceptState* Find(ShortKey key) const;

  friend bool operator==(const LearnerState&, const LearnerState&) = default;
};

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_LEARNER_STATE_H_
