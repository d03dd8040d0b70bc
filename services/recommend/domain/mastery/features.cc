#include "services/recommend/domain/mastery/features.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "services/recommend/domain/mastery/log_odds.h"
#include "services/recommend/domain/mastery/prefetch.h"
#include "services/recommend/domain/mastery/sparse_terms.h"

namespace edirae::recommend::mastery {
namespace {

constexpr float kPrerequisiteShare = 0.5f;  // of what prerequisites say, for a concept that was never met

// A key for a set of concepts: order does not matter because they are sorted.
ConceptKey KeyOfSet(absl::Span<const ConceptKey> sorted) {
  uint64_t hash = sorted.size();
  for (const ConceptKey key : sorted) {
    hash = (hash ^ key) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 29;
  }
  return hash;
}

// How a concept begins that the learner never met: at what they showed on its prerequisites.
ConceptState Beginning(const LearnerState& state, absl::Span<const ConceptKey> prerequisites) {
  ConceptState begin;
  begin.slow.variance = kSlowFilter.concept_prior;
  begin.fast.variance = kFastFilter.concept_prior;
  float slow = 0;
  float fast = 0;
  int met = 0;
  for (const ConceptKey key : prerequisites.subspan(0, limits::kMaxConceptsOfItem)) {
    if (const ConceptState* known = state.Find(ShortKeyOf(key)); known != nullptr) {
      slow += known->slow.mean;
      fast += known->fast.mean;
      ++met;
    }
  }
  if (met > 0) {
    begin.slow.mean = kPrerequisiteShare * slow / static_cast<float>(met);
    begin.fast.mean = kPrerequisiteShare * fast / static_cast<float>(met);
  }
  return begin;
}

void LookUpConcepts(const Weights& weights, const LearnerState& state, const Question& question, Features& f) {
  std::array<ConceptKey, Features::kMaxConcepts> keys;
  f.concept_count = ConceptsOf(question, keys);
  bool all_met = true;
  for (int i = 0; i < f.concept_count; ++i) {
    AskedConcept& asked = f.concepts[i];
    asked.short_key = ShortKeyOf(keys[i]);
    asked.number = weights.registry.FindConcept(keys[i]);
    const auto at = std::lower_bound(
        state.concepts.begin(), state.concepts.end(), asked.short_key,
        [](const ConceptState& concept_state, ShortKey short_key) { return concept_state.key < short_key; });
    asked.position = static_cast<uint32_t>(at - state.concepts.begin());
    asked.met = at != state.concepts.end() && at->key == asked.short_key;
    asked.state = asked.met ? &*at : &f.beginning;
    all_met &= asked.met;
  }
  if (!all_met) f.beginning = Beginning(state, question.prerequisites);
}

uint32_t ClockAt(const LearnerState& state, int64_t time_seconds) {
  if (state.answers == 0 || time_seconds == 0 || state.last_time_seconds == 0) return state.clock_seconds;
  if (time_seconds <= state.last_time_seconds) return state.clock_seconds;
  const auto pause = static_cast<uint64_t>(time_seconds) - static_cast<uint64_t>(state.last_time_seconds);
  if (pause <= static_cast<uint64_t>(limits::kHiddenPauseSeconds)) return state.clock_seconds;
  const uint64_t room = std::numeric_limits<uint32_t>::max() - state.clock_seconds;
  return state.clock_seconds + static_cast<uint32_t>(std::min(pause, room));
}

// What does not depend on the filters: histories and ease.
void LookUpItem(const LearnerState& state, Features& f) {
  f.item_history = state.items.Find(f.item_key);
  f.histories = {.learner = state.outcomes, .item = f.item_history.outcomes, .run = state.run};
  for (const AskedConcept& asked : f.asked()) f.histories.concept_attempts += asked.state->attempts;
  if (f.concept_count > 0) f.histories.first_concept = f.concepts[0].state->outcomes;
}

void Believe(const LearnerState& state, Features& f) {
  f.slow = {.learner = state.slow.mean, .learner_variance = state.slow.variance};
  f.fast = {.learner = state.fast.mean, .learner_variance = state.fast.variance};
  if (f.concept_count > 0) {
    const float share = 1 / static_cast<float>(f.concept_count);
    for (const AskedConcept& asked : f.asked()) {
      f.slow.concepts += asked.state->slow.mean * share;
      f.slow.concept_variance += asked.state->slow.variance * share * share;
      f.fast.concepts += asked.state->fast.mean * share;
      f.fast.concept_variance += asked.state->fast.variance * share * share;
    }
  }
  f.expected_slow = f.slow.Expect(f.ease);
  f.expected_fast = f.fast.Expect(f.ease);
}

void FillConceptMeans(Features& f, DenseFeatures& x) {
  if (f.concept_count == 0) return;
  const float share = 1 / static_cast<float>(f.concept_count);
  for (const AskedConcept& asked : f.asked()) {
    for (int speed = 0; speed < kSpeeds; ++speed) x[kConceptTendency + speed] += asked.state->tendencies[speed] * share;
    x[kConceptSurprise] += asked.state->surprise * share * 3;
    x[kConceptAttempts] += LogOfCount(asked.state->attempts) * share / 3;
    x[kConceptCorrect] += LogOfCount(asked.state->correct) * share / 3;
  }
}

void FillDense(const Weights& weights, const LearnerState& state, Features& f) {
  DenseFeatures& x = f.dense;
  x.fill(0);
  const auto sign = [](Outcomes outcomes) { return outcomes == kNoOutcomes ? 0.0f : 2.0f * (outcomes & 1) - 1; };
  x[kEase] = f.ease;
  if (f.item != Registry::kUnknown) {
    x[kItemEvidence] = LogOfCount(static_cast<uint32_t>(weights.statistics.item_rates[f.item].answers)) / 3;
  }
  x[kAbility] = f.slow.learner;
  x[kConceptAbility] = f.slow.concepts;
  x[kExpectation] = f.slow.learner + f.slow.concepts + f.ease;
  x[kAbilityFast] = f.fast.learner;
  x[kConceptAbilityFast] = f.fast.concepts;
  x[kDoubt] = std::sqrt(f.slow.learner_variance + f.slow.concept_variance);
  x[kDoubtFast] = std::sqrt(f.fast.learner_variance + f.fast.concept_variance);
  for (int speed = 0; speed < kSpeeds; ++speed) x[kTendency + speed] = state.tendencies[speed];
  x[kSurprise] = state.surprise * 4;
  x[kRecentSurprise] = state.recent_surprise * 0.3f;
  x[kAnswers] = LogOfCount(state.answers) / 5;
  x[kCorrect] = LogOfCount(state.correct) / 5;
  FillConceptMeans(f, x);
  x[kItemAttempts] = LogOfCount(f.item_history.attempts);
  x[kItemCorrect] = LogOfCount(f.item_history.correct);
  x[kItemLast] = sign(f.histories.item);
  x[kConceptLast] = sign(f.histories.first_concept);
  x[kLast] = sign(f.histories.learner);
  x[kRun] = static_cast<float>(std::min<int>(state.run, 12)) / 4;
  if (f.concept_count > 0 && f.concepts[0].met)
    x[kConceptLag] = LogOfCount(AnswersSince(state, *f.concepts[0].state)) / 5;
  x[kSameConcept] = StaysWithConcept(state, f) ? 1.0f : 0.0f;
  x[kPause] = LogOfCount(f.clock_seconds - state.clock_seconds) / 10;
  x[kEaseByAnswers] = f.ease * LogOfCount(state.answers) * 0.2f;
}

void FillTraces(const Weights& weights, Features& f) {
  float log_odds = f.expected_slow;
  for (int i = 0; i < kTraceOffsets; ++i) {
    const float trace = weights.statistics.ValueAt(f.places.trace[i]);
    f.dense[kOffset + i] = trace;
    log_odds += trace;
  }
  f.dense[kExpectationWithOffsets] = log_odds;
}

// An item's offsets, which are used once its history is known.
void PrefetchOffsets(const Statistics& statistics, int32_t item) {
  if (item == Registry::kUnknown) return;
  const float* const first = &statistics.item_offsets.values[static_cast<size_t>(item) * item_offset::kCount];
  for (int at = 0; at < item_offset::kCount; at += kFloatsOfCacheLine) Prefetch(first[at]);
  Prefetch(first[item_offset::kCount - 1]);
}

}  // namespace

int ConceptsOf(const Question& question, std::array<ConceptKey, Features::kMaxConcepts>& keys) {
  int count = 0;
  auto* const first = keys.begin() + 1;  // leaves room for the set
  for (const ConceptKey key : question.concepts) {
    auto* const at = std::lower_bound(first, first + count, key);
    if (at == keys.end() || (at != first + count && *at == key)) continue;
    if (count < limits::kMaxConceptsOfItem) ++count;
    std::move_backward(at, first + count - 1, first + count);
    *at = key;
  }
  if (count > 1) {
    keys[0] = KeyOfSet(absl::MakeConstSpan(first, static_cast<size_t>(count)));
    return count + 1;
  }
  keys[0] = keys[1];
  return count;
}

void LookUp(const Weights& weights, const LearnerState& state, const Question& question, Features& f) {
  f.item_key = ShortKeyOf(question.item);
  f.item = weights.registry.FindItem(question.item);
  PrefetchOffsets(weights.statistics, f.item);
  f.clock_seconds = ClockAt(state, question.time_seconds);
  LookUpConcepts(weights, state, question, f);
  LookUpItem(state, f);
  const int32_t first = f.concept_count > 0 ? f.concepts[0].number : Registry::kUnknown;
  f.places = PlacesOf(f.item, first, f.histories);
  std::array<int32_t, Features::kMaxConcepts> numbers;
  for (int i = 0; i < f.concept_count; ++i) numbers[i] = f.concepts[i].number;
  f.ease = weights.statistics.EaseOf(absl::MakeConstSpan(numbers.data(), f.concept_count));
  for (const OffsetPlace& place : f.places.ease) f.ease += weights.statistics.ValueAt(place);
  Believe(state, f);
}

void Extract(const Weights& weights, const LearnerState& state, const Question& question, Features& f) {
  LookUp(weights, state, question, f);
  FillDense(weights, state, f);
  FillTraces(weights, f);
  FillSparse(state, question, f);
}

}  // namespace edirae::recommend::mastery
