#include "services/recommend/domain/mastery/statistics.h"

#include <algorithm>
#include <bit>

#include "services/recommend/domain/mastery/log_odds.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::mastery {
namespace {

constexpr float kRatePrior = 20;      // answers that the rate of a concept starts with
constexpr float kRateMargin = 0.02f;  // no question is taken for surer than this before its item is known

int32_t Add(absl::flat_hash_map<uint64_t, int32_t>& numbers, uint64_t key, size_t limit) {
  if (const auto found = numbers.find(key); found != numbers.end()) return found->second;
  if (numbers.size() >= limit) return Registry::kUnknown;
  const auto number = static_cast<int32_t>(numbers.size());
  numbers.emplace(key, number);
  return number;
}

float Shrunk(const Rate& rate, float prior) {
  return (rate.correct + kRatePrior * prior) / (rate.answers + kRatePrior);
}

}  // namespace

int32_t Registry::Find(const Numbers& numbers, uint64_t key) {
  const auto found = numbers.find(key);
  return found == numbers.end() ? kUnknown : found->second;
}

int32_t Registry::AddItem(ItemKey key) { return Add(items_, key, limits::kMaxKnownItems); }

int32_t Registry::AddConcept(ConceptKey key) { return Add(concepts_, key, limits::kMaxKnownConcepts); }

void Statistics::Resize(size_t items, size_t concepts) {
  item_rates.resize(items);
  item_offsets.values.resize(items * item_offset::kCount);
  item_offsets.information.resize(items * item_offset::kCount);
  concept_rates.resize(concepts);
  concept_offsets.values.resize(concepts * concept_offset::kCount);
  concept_offsets.information.resize(concepts * concept_offset::kCount);
}

float Statistics::EaseOf(absl::Span<const int32_t> concepts) const {
  const float overall = (all.correct + 1) / (all.answers + 2);
  if (concepts.empty()) return Logit(overall, kRateMargin);
  const auto rate_of = [this](int32_t number) { return number == Registry::kUnknown ? Rate{} : concept_rates[number]; };
  float mean = 0;
  for (const int32_t number : concepts) mean += Shrunk(rate_of(number), overall);
  mean /= static_cast<float>(concepts.size());
  return Logit(Shrunk(rate_of(concepts.front()), mean), kRateMargin);
}

OffsetPlaces PlacesOf(int32_t item, int32_t first_concept, const Histories& histories) {
  const auto of_item = [item](int at) {
    return OffsetPlace{true, item == Registry::kUnknown ? Registry::kUnknown : item * item_offset::kCount + at};
  };
  const auto of_concept = [first_concept](int at) {
    return OffsetPlace{
        false, first_concept == Registry::kUnknown ? Registry::kUnknown : first_concept * concept_offset::kCount + at};
  };
  const int attempts = std::min<int>(std::bit_width(histories.concept_attempts + 1) - 1, 7);
  const int run = std::min<int>(histories.run, 3) * 2 + (histories.learner & 1);
  const Outcomes item_3 = Newest(histories.item, 3);
  const Outcomes item_4 = Newest(histories.item, 4);
  return {.ease = {of_concept(concept_offset::kEase), of_item(item_offset::kEase),
                   of_concept(concept_offset::kEaseByAttempts + attempts),
                   of_concept(concept_offset::kEaseByItemOutcomes + item_4),
                   of_item(item_offset::kEaseByItemOutcomes + item_3)},
          .trace = {of_concept(concept_offset::kTraceOfConceptOutcomes + Newest(histories.first_concept, 3)),
                    of_concept(concept_offset::kTraceOfAttempts + attempts),
                    of_concept(concept_offset::kTraceOfItemOutcomes + item_4),
                    of_item(item_offset::kTraceOfItemOutcomes + item_3),
                    of_item(item_offset::kTraceOfConceptOutcomes + Newest(histories.first_concept, 2)),
                    of_item(item_offset::kTraceOfRun + run)}};
}

}  // namespace edirae::recommend::mastery
