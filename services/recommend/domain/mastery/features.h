#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FEATURES_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FEATURES_H_

#include <array>
#include <cstdint>

#include "absl/types/span.h"
#include "services/recommend/domain/mastery/ability_filter.h"
#include "services/recommend/domain/mastery/answer.h"
#include "services/recommend/domain/mastery/dense.h"
#include "services/recommend/domain/mastery/learner_state.h"
#include "services/recommend/domain/mastery/weights.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::mastery {

// A part of an explanation. They add up to the log-odds.
enum class Part : uint8_t { kBase, kAbility, kConcept, kDifficulty, kHistory, kPattern };
inline constexpr int kParts = 6;

struct Term {
  WeightPlace weight;
  float value;
  Part part;
};

// One concept of a question, looked up.
struct AskedConcept {
  ShortKey short_key;
  int32_t number;     // in the registry, or Registry::kUnknown
  uint32_t position;  // in LearnerState::concepts: where it is, or belongs
  bool met;
  const ConceptState* state;  // the learner's, or Features::beginning
};

// A question as the model sees it, for one learner: everything is looked up once. Borrows the state that it was
// extracted from, and is valid until that changes. Left as it comes where Extract fills it: it is made a million times
// a second.
struct Features {
  static constexpr int kMaxConcepts = limits::kMaxConceptsOfItem + 1;
  static constexpr int kMaxTerms = 48;

  Features() = default;
  Features(const Features&) = delete;
  Features& operator=(const Features&) = delete;

  // The set of concepts comes first when there are several, then each of them in order of key.
  std::array<AskedConcept, kMaxConcepts> concepts;
  ConceptState beginning;  // of a concept that the learner never met
  int concept_count = 0;
  int32_t item = Registry::kUnknown;
  ShortKey item_key = kNoKey;
  ItemHistory item_history;
  Histories histories;
  uint32_t clock_seconds = 0;  // LearnerState::clock_seconds as of this question
  float ease = 0;
  Belief slow, fast;
  float expected_slow = 0;  // log-odds, as the filters have them
  float expected_fast = 0;
  OffsetPlaces places;
  DenseFeatures dense;
  std::array<Term, kMaxTerms> terms;
  int term_count = 0;

  absl::Span<const AskedConcept> asked() const { return {concepts.data(), static_cast<size_t>(concept_count)}; }
  absl::Span<const Term> sparse() const { return {terms.data(), static_cast<size_t>(term_count)}; }
};

// The concepts of a question that count, each once: their set first when there are several, then in order of key.
// Returns how many.
int ConceptsOf(const Question& question, std::array<ConceptKey, Features::kMaxConcepts>& keys);

// Fills `features` (which may hold anything) for a question to a learner. O(concepts of the question).
void Extract(const Weights& weights, const LearnerState& state, const Question& question, Features& features);

// The part of it that `Apply` looks at: neither dense features nor terms, which only a prediction takes.
void LookUp(const Weights& weights, const LearnerState& state, const Question& question, Features& features);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FEATURES_H_
