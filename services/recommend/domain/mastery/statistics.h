#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_STATISTICS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_STATISTICS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "services/recommend/domain/mastery/answer.h"
#include "services/recommend/domain/mastery/outcomes.h"

namespace edirae::recommend::mastery {

// Gives items and concepts numbers 0, 1, 2 ... in order of their first answer. A set of concepts that items join is a
// concept too. Full at limits::kMaxKnownItems and limits::kMaxKnownConcepts; what comes later stays unknown.
class Registry {
 public:
  static constexpr int32_t kUnknown = -1;

  int32_t FindItem(ItemKey key) const { return Find(items_, key); }
  int32_t FindConcept(ConceptKey key) const { return Find(concepts_, key); }
  // Adds it; kUnknown when it is new and there is no room.
  int32_t AddItem(ItemKey key);
  int32_t AddConcept(ConceptKey key);

  const absl::flat_hash_map<uint64_t, int32_t>& items() const { return items_; }
  const absl::flat_hash_map<uint64_t, int32_t>& concepts() const { return concepts_; }

 private:
  using Numbers = absl::flat_hash_map<uint64_t, int32_t>;
  static int32_t Find(const Numbers& numbers, uint64_t key);

  Numbers items_;
  Numbers concepts_;
};

// How often the answers of something were right.
struct Rate {
  float answers = 0;
  float correct = 0;
};

// Corrections of the log-odds, each the maximum a posteriori of what it has seen. Apart, because predictions read the
// values only.
struct Offsets {
  std::vector<float> values;
  std::vector<float> information;  // sum of p(1-p) of the answers behind it
};

// The offsets of an item or a concept, each with as many places as its history has values. Ease is what shifts the
// question for everyone, and enters the filters; a trace is what a history says beyond the filters.
namespace item_offset {
inline constexpr int kEase = 0;
inline constexpr int kEaseByItemOutcomes = kEase + 1;                      // newest 3
inline constexpr int kTraceOfItemOutcomes = kEaseByItemOutcomes + 16;      // newest 3
inline constexpr int kTraceOfConceptOutcomes = kTraceOfItemOutcomes + 16;  // newest 2
inline constexpr int kTraceOfRun = kTraceOfConceptOutcomes + 8;            // up to 3, and the last outcome
inline constexpr int kCount = kTraceOfRun + 8;
}  // namespace item_offset
namespace concept_offset {
inline constexpr int kEase = 0;
inline constexpr int kEaseByAttempts = kEase + 1;                         // log2, up to 7
inline constexpr int kEaseByItemOutcomes = kEaseByAttempts + 8;           // newest 4
inline constexpr int kTraceOfConceptOutcomes = kEaseByItemOutcomes + 32;  // newest 3
inline constexpr int kTraceOfAttempts = kTraceOfConceptOutcomes + 16;
inline constexpr int kTraceOfItemOutcomes = kTraceOfAttempts + 8;  // newest 4
inline constexpr int kCount = kTraceOfItemOutcomes + 32;
}  // namespace concept_offset

inline constexpr int kEaseOffsets = 5;
inline constexpr int kTraceOffsets = 6;
// Prior precisions, in the order of OffsetPlaces.
inline constexpr std::array<float, kEaseOffsets> kEasePrecision = {5, 1.5f, 5, 5, 5};
inline constexpr float kTracePrecision = 3;
inline constexpr float kMaxEaseOffset = 4;
inline constexpr float kMaxTraceOffset = 3;

// Where a question's offsets stand in item_offsets or concept_offsets; Registry::kUnknown when it has no such one.
struct OffsetPlace {
  bool of_item;
  int32_t at;
};

// What all learners' outcomes say of items and concepts, by number. A value.
struct Statistics {
  Rate all;
  std::vector<Rate> item_rates, concept_rates;
  Offsets item_offsets, concept_offsets;  // item_offset::kCount and concept_offset::kCount of each

  void Resize(size_t items, size_t concepts);
  const Offsets& TableOf(OffsetPlace place) const { return place.of_item ? item_offsets : concept_offsets; }
  Offsets& TableOf(OffsetPlace place) { return place.of_item ? item_offsets : concept_offsets; }
  // 0 when unknown.
  float ValueAt(OffsetPlace place) const {
    return place.at == Registry::kUnknown ? 0 : TableOf(place).values[static_cast<size_t>(place.at)];
  }
  // Log-odds of being right on a question about these concepts, their set (if any) first, before anything is known of
  // item and learner. Numbers may be Registry::kUnknown.
  float EaseOf(absl::Span<const int32_t> concepts) const;
};

// The discrete part of what a learner did before a question.
struct Histories {
  Outcomes learner = kNoOutcomes;
  Outcomes first_concept = kNoOutcomes;
  Outcomes item = kNoOutcomes;
  uint32_t concept_attempts = 0;  // sum over the item's concepts
  uint8_t run = 0;
};

// In the order in which they are estimated: each explains what those before it left over.
struct OffsetPlaces {
  std::array<OffsetPlace, kEaseOffsets> ease;
  std::array<OffsetPlace, kTraceOffsets> trace;
};
OffsetPlaces PlacesOf(int32_t item, int32_t first_concept, const Histories& histories);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_STATISTICS_H_
