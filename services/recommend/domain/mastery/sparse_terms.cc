#include "services/recommend/domain/mastery/sparse_terms.h"

#include <algorithm>
#include <bit>

#include "services/recommend/domain/mastery/log_odds.h"

namespace edirae::recommend::mastery {
namespace {

constexpr int kMaxBucket = 15;
constexpr int kSparseConcepts = 5;  // the set and four concepts

// Rounded-up log2.
int Bucket(uint32_t number) { return number <= 1 ? 0 : std::min<int>(std::bit_width(number - 1), kMaxBucket); }

class Terms {
 public:
  explicit Terms(Features& features) : features_(features) { features.term_count = 0; }

  void General(int at, Part part) { Add({WeightPlace::kGeneral, static_cast<uint32_t>(at)}, 1, part); }
  void OfConcept(int32_t number, int at, float value, Part part) {
    if (number == Registry::kUnknown || value == 0) return;
    Add({WeightPlace::kConcept, static_cast<uint32_t>(number * concept_weight::kCount + at)}, value, part);
  }
  void OfItem(int at, float value, Part part) {
    if (features_.item == Registry::kUnknown || value == 0) return;
    Add({WeightPlace::kItem, static_cast<uint32_t>(features_.item * item_weight::kCount + at)}, value, part);
  }

 private:
  void Add(WeightPlace weight, float value, Part part) {
    features_.terms[features_.term_count++] = {weight, value, part};
  }

  Features& features_;
};

bool Met(const Features& f) { return f.concept_count > 0 && f.concepts[0].met; }

// The last outcome on the first concept, 2 when there is none.
int LastOf(const Features& f) { return Met(f) ? f.histories.first_concept & 1 : 2; }

int LagOf(const LearnerState& state, const Features& f) {
  return (Met(f) ? Bucket(AnswersSince(state, *f.concepts[0].state)) : kMaxBucket) * 4 + LastOf(f);
}

int RunOf(const LearnerState& state) {
  return std::min<int>(state.run, 6) * 4 + (state.answers == 0 ? 2 : state.outcomes & 1);
}

void FillGeneral(const LearnerState& state, const Question& question, const Features& f, Terms& terms) {
  namespace at = general_weight;
  terms.General(at::kBias, Part::kBase);
  terms.General(at::kLearnerOutcomes + f.histories.learner, Part::kHistory);
  terms.General(at::kConceptOutcomes + f.histories.first_concept, Part::kHistory);
  const bool met = Met(f);
  const bool same_concept = StaysWithConcept(state, f);
  terms.General(at::kConceptLag + LagOf(state, f), Part::kHistory);
  if (question.time_seconds != 0) {
    const uint32_t since = met ? f.clock_seconds - f.concepts[0].state->last_clock : 0;
    terms.General(at::kConceptPause + (met ? Bucket((since + 7) / 8) : kMaxBucket) * 4 + LastOf(f), Part::kHistory);
    const int pause = Bucket((f.clock_seconds - state.clock_seconds + 3) / 4);
    terms.General(at::kPause + pause * 4 + (state.answers == 0 ? 2 : same_concept ? 1 : 0), Part::kHistory);
  }
  const int transition =
      state.answers == 0 ? 3 : (state.outcomes & 1) + (same_concept ? 4 : 0) + (state.last_item == f.item_key ? 8 : 0);
  terms.General(at::kTransition + transition * 6 + std::min<int>(state.run, 5), Part::kHistory);
  terms.General(at::kItemOutcomes + Newest(f.histories.item, 5), Part::kHistory);
  terms.General(at::kExperience + std::min<int>(std::bit_width(state.answers + 1) - 1, 11), Part::kHistory);
}

// How the concept weighs what is known of the learner.
void FillSlopes(const Features& f, int32_t concept_number, Terms& terms) {
  struct Slope {
    Dense feature;
    Part part;
  };
  static constexpr std::array kSlopes = {Slope{kAbility, Part::kAbility},
                                         Slope{kAbilityFast, Part::kAbility},
                                         Slope{kTendency, Part::kAbility},
                                         Slope{kRecentSurprise, Part::kAbility},
                                         Slope{kConceptAbility, Part::kConcept},
                                         Slope{kConceptAbilityFast, Part::kConcept},
                                         Slope{static_cast<Dense>(kConceptTendency + 1), Part::kConcept},
                                         Slope{kEase, Part::kDifficulty}};
  for (size_t i = 0; i < kSlopes.size(); ++i) {
    terms.OfConcept(concept_number, concept_weight::kSlopes + static_cast<int>(i), f.dense[kSlopes[i].feature],
                    kSlopes[i].part);
  }
}

void FillConcepts(const LearnerState& state, const Features& f, Terms& terms) {
  namespace at = concept_weight;
  for (int i = 0; i < std::min(f.concept_count, kSparseConcepts); ++i) {
    const AskedConcept& asked = f.concepts[i];
    terms.OfConcept(asked.number, at::kBias, 1, Part::kDifficulty);
    terms.OfConcept(asked.number, at::kCorrect, LogOfCount(asked.state->correct), Part::kConcept);
    terms.OfConcept(asked.number, at::kAttempts, LogOfCount(asked.state->attempts), Part::kConcept);
  }
  if (f.concept_count == 0) return;
  const int32_t first = f.concepts[0].number;
  FillSlopes(f, first, terms);
  terms.OfConcept(first, at::kOutcomes + Newest(f.histories.first_concept, 2), 1, Part::kConcept);
  terms.OfConcept(first, at::kItemOutcomes + Newest(f.histories.item, 5), 1, Part::kHistory);
  terms.OfConcept(first, at::kLearnerOutcomes + Newest(f.histories.learner, 3), 1, Part::kHistory);
  terms.OfConcept(first, at::kRun + RunOf(state), 1, Part::kHistory);
  terms.OfConcept(first, at::kLag + LagOf(state, f), 1, Part::kHistory);
}

void FillItem(const LearnerState& state, const Features& f, Terms& terms) {
  namespace at = item_weight;
  terms.OfItem(at::kBias, 1, Part::kDifficulty);
  terms.OfItem(at::kAbility, f.slow.learner, Part::kAbility);
  terms.OfItem(at::kItemOutcomes + Newest(f.histories.item, 5), 1, Part::kHistory);
  terms.OfItem(at::kConceptOutcomes + Newest(f.histories.first_concept, 2), 1, Part::kHistory);
  terms.OfItem(at::kLearnerOutcomes + Newest(f.histories.learner, 2), 1, Part::kHistory);
  terms.OfItem(at::kRun + RunOf(state), 1, Part::kHistory);
}

}  // namespace

void FillSparse(const LearnerState& state, const Question& question, Features& features) {
  Terms terms(features);
  FillGeneral(state, question, features, terms);
  FillConcepts(state, features, terms);
  FillItem(state, features, terms);
}

uint32_t AnswersSince(const LearnerState& state, const ConceptState& concept_state) {
  const uint32_t last =
      concept_state.last_answer[0] | concept_state.last_answer[1] << 8 | concept_state.last_answer[2] << 16;
  return (state.answers - last) & 0xFFFFFF;
}

bool StaysWithConcept(const LearnerState& state, const Features& features) {
  return state.answers > 0 && features.concept_count > 0 && state.last_concept == features.concepts[0].short_key;
}

}  // namespace edirae::recommend::mastery
