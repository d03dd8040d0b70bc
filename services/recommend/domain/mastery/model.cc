#include "services/recommend/domain/mastery/model.h"

#include <algorithm>
#include <limits>

#include "services/recommend/domain/mastery/log_odds.h"
#include "services/recommend/domain/mastery/prefetch.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::mastery {
namespace {

// What tendencies keep an answer, by speed.
constexpr std::array<float, kSpeeds> kLearnerMemory = {0.6f, 0.9f, 0.98f};
constexpr std::array<float, kSpeeds> kConceptMemory = {0.5f, 0.8f, 0.95f};
constexpr float kLearnerSurprisePrior = 5;  // answers without surprise that the mean starts with
constexpr float kConceptSurprisePrior = 2;
constexpr float kRecentMemory = 0.9f;

void Tend(std::array<Tendency, kSpeeds>& tendencies, const std::array<float, kSpeeds>& memory, bool correct) {
  const float outcome = correct ? 1 : -1;
  for (int i = 0; i < kSpeeds; ++i) tendencies[i] = memory[i] * tendencies[i] + (1 - memory[i]) * outcome;
}

// `answers` before this one.
void Surprise(Tendency& mean, float surprise, float answers, float prior) {
  mean = mean + (surprise - mean) / (answers + 1 + prior);
}

void Count(uint16_t& number) {
  if (number < std::numeric_limits<uint16_t>::max()) ++number;
}

// summand(0) + ... + summand(count - 1), in four chains, which a processor adds side by side.
template <class Summand>
float SumOf(int count, Summand summand) {
  float a = 0, b = 0, c = 0, d = 0;
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    a += summand(i);
    b += summand(i + 1);
    c += summand(i + 2);
    d += summand(i + 3);
  }
  for (; i < count; ++i) a += summand(i);
  return a + b + (c + d);
}

struct Lesson {
  Correction slow, fast;
  float surprise;
  bool correct;
};

void ApplyToConcept(const Lesson& lesson, float share, uint32_t answers, uint32_t clock_seconds, ConceptState& state) {
  lesson.slow.Apply(state.slow.mean, state.slow.variance, share, kSlowFilter.concept_drift);
  lesson.fast.Apply(state.fast.mean, state.fast.variance, share, kFastFilter.concept_drift);
  Tend(state.tendencies, kConceptMemory, lesson.correct);
  Surprise(state.surprise, lesson.surprise, state.attempts, kConceptSurprisePrior);
  Count(state.attempts);
  if (lesson.correct) Count(state.correct);
  state.outcomes = Append(state.outcomes, lesson.correct);
  state.last_clock = clock_seconds;
  for (int byte = 0; byte < 3; ++byte) state.last_answer[byte] = static_cast<uint8_t>(answers >> (8 * byte));
}

}  // namespace

LearnerState NewLearner() {
  LearnerState state;
  state.slow.variance = kSlowFilter.learner_prior;
  state.fast.variance = kFastFilter.learner_prior;
  return state;
}

float LogOddsOf(const Weights& weights, const Features& features) {
  // They lie all over the tables, and come while the network is computed.
  for (const Term& term : features.sparse()) Prefetch(weights.sparse[term.weight.table()][term.weight.at()]);
  DenseFeatures dense = features.dense;
  weights.network.Standardise(dense);
  const float network = weights.network.bias + weights.network.Pattern(dense);
  const float linear = SumOf(kDenseFeatures, [&](int i) { return weights.network.linear[i] * dense[i]; });
  const float sparse = SumOf(features.term_count, [&](int i) {
    const Term& term = features.terms[i];
    return weights.At(term.weight) * term.value;
  });
  return network + linear + sparse;
}

void Apply(const Features& features, int64_t time_seconds, bool correct, LearnerState& state) {
  const Lesson lesson = {.slow = {features.slow, Sigmoid(features.expected_slow), correct},
                         .fast = {features.fast, Sigmoid(features.expected_fast), correct},
                         .surprise = (correct ? 1.0f : 0.0f) - Sigmoid(features.ease),
                         .correct = correct};
  lesson.slow.Apply(state.slow.mean, state.slow.variance, 1, kSlowFilter.learner_drift);
  lesson.fast.Apply(state.fast.mean, state.fast.variance, 1, kFastFilter.learner_drift);
  Tend(state.tendencies, kLearnerMemory, correct);
  Surprise(state.surprise, lesson.surprise, static_cast<float>(state.answers), kLearnerSurprisePrior);
  state.recent_surprise = kRecentMemory * state.recent_surprise + lesson.surprise;
  if (state.answers < std::numeric_limits<uint32_t>::max()) ++state.answers;
  if (correct && state.correct < state.answers) ++state.correct;

  const ShortKey first = features.concept_count > 0 ? features.concepts[0].short_key : kNoKey;
  const bool stays = state.last_item == features.item_key || (first != kNoKey && state.last_concept == first);
  state.run = stays ? static_cast<uint8_t>(std::min(state.run + 1, 255)) : 0;
  state.last_item = features.item_key;
  state.last_concept = first;
  state.outcomes = Append(state.outcomes, correct);
  state.clock_seconds = features.clock_seconds;
  if (time_seconds != 0) state.last_time_seconds = std::max(state.last_time_seconds, time_seconds);
  state.items.Record(features.item_key, correct);

  const float share = features.concept_count > 0 ? 1 / static_cast<float>(features.concept_count) : 0;
  // From the greatest position down, so that what is put in does not move those that follow.
  std::array<const AskedConcept*, Features::kMaxConcepts> order;
  for (int i = 0; i < features.concept_count; ++i) order[i] = &features.concepts[i];
  std::sort(order.begin(), order.begin() + features.concept_count,
            [](const AskedConcept* a, const AskedConcept* b) { return a->short_key > b->short_key; });
  for (int i = 0; i < features.concept_count; ++i) {
    const AskedConcept& asked = *order[i];
    if (!asked.met) {
      if (state.concepts.size() >= limits::kMaxConceptsPerLearner) continue;
      ConceptState begin = features.beginning;
      begin.key = asked.short_key;
      state.concepts.insert(state.concepts.begin() + asked.position, begin);
    }
    ApplyToConcept(lesson, share, state.answers, features.clock_seconds, state.concepts[asked.position]);
  }
}

void Register(const Question& question, Weights& weights) {
  weights.registry.AddItem(question.item);
  std::array<ConceptKey, Features::kMaxConcepts> keys;
  const int count = ConceptsOf(question, keys);
  for (int i = 0; i < count; ++i) weights.registry.AddConcept(keys[i]);
  weights.Resize();
}

float Predict(const Weights& weights, const LearnerState& state, const Question& question) {
  Features features;
  Extract(weights, state, question, features);
  return Sigmoid(LogOddsOf(weights, features));
}

float Observe(const Weights& weights, LearnerState& state, const Question& question, bool correct) {
  Features features;
  Extract(weights, state, question, features);
  const float probability = Sigmoid(LogOddsOf(weights, features));
  Apply(features, question.time_seconds, correct, state);
  return probability;
}

void Learn(const Weights& weights, LearnerState& state, const Question& question, bool correct) {
  Features features;
  LookUp(weights, state, question, features);
  Apply(features, question.time_seconds, correct, state);
}

}  // namespace edirae::recommend::mastery
