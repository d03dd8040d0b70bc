#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_WEIGHTS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_WEIGHTS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "services/recommend/domain/mastery/network.h"
#include "services/recommend/domain/mastery/outcomes.h"
#include "services/recommend/domain/mastery/statistics.h"

namespace edirae::recommend::mastery {

// Places of the sparse weights: of any answer, then of each concept and of each item. A weights file names its numbers
// by them.
namespace general_weight {
inline constexpr int kBias = 0;
inline constexpr int kLearnerOutcomes = kBias + 1;               // newest 6
inline constexpr int kConceptOutcomes = kLearnerOutcomes + 128;  // newest 6
inline constexpr int kConceptLag = kConceptOutcomes + 128;       // log2 of answers since, and its last outcome
inline constexpr int kConceptPause = kConceptLag + 64;           // log2 of time since, and its last outcome
inline constexpr int kPause = kConceptPause + 64;       // log2 of time since any answer, and whether same concept
inline constexpr int kTransition = kPause + 64;         // what followed on what, and the run
inline constexpr int kItemOutcomes = kTransition + 96;  // newest 5
inline constexpr int kExperience = kItemOutcomes + 64;  // log2 of answers
inline constexpr int kCount = kExperience + 16;
}  // namespace general_weight
namespace concept_weight {
inline constexpr int kBias = 0;
inline constexpr int kCorrect = kBias + 1;  // log of the right answers
inline constexpr int kAttempts = kCorrect + 1;
inline constexpr int kSlopes = kAttempts + 1;                // how much each of some dense features counts here
inline constexpr int kOutcomes = kSlopes + 8;                // newest 2
inline constexpr int kRare = kOutcomes + 8;                  // from here on, few answers stand behind each
inline constexpr int kItemOutcomes = kRare;                  // newest 5
inline constexpr int kLearnerOutcomes = kItemOutcomes + 64;  // newest 3
inline constexpr int kRun = kLearnerOutcomes + 16;           // up to 6, and the last outcome, if any
inline constexpr int kLag = kRun + 28;                       // as kConceptLag
inline constexpr int kCount = kLag + 64;
}  // namespace concept_weight
namespace item_weight {
inline constexpr int kBias = 0;
inline constexpr int kAbility = 1;                             // how much the learner's ability counts here
inline constexpr int kItemOutcomes = 2;                        // newest 5
inline constexpr int kConceptOutcomes = kItemOutcomes + 64;    // newest 2
inline constexpr int kLearnerOutcomes = kConceptOutcomes + 8;  // newest 2
inline constexpr int kRun = kLearnerOutcomes + 8;              // up to 6, and the last outcome, and whether first
inline constexpr int kCount = kRun + 28;
}  // namespace item_weight

// A sparse weight: which table, and where in it.
class WeightPlace {
 public:
  enum Table : uint32_t { kGeneral, kConcept, kItem, kTables };

  WeightPlace() = default;
  constexpr WeightPlace(Table table, uint32_t at) : bits_(table << 30 | at) {}
  constexpr Table table() const { return static_cast<Table>(bits_ >> 30); }
  constexpr uint32_t at() const { return bits_ & 0x3FFFFFFF; }

 private:
  uint32_t bits_;
};

// How strongly a sparse weight is drawn to 0: more, where few answers stand behind it.
constexpr float PenaltyOf(WeightPlace place) {
  const bool rare =
      place.table() == WeightPlace::kItem ||
      (place.table() == WeightPlace::kConcept && place.at() % concept_weight::kCount >= concept_weight::kRare);
  return rare ? 3e-3f : 1e-4f;
}

// What all learners taught the model: a value, the same for every learner. Items and concepts that it does not know are
// at the average.
struct Weights {
  Registry registry;
  Statistics statistics;
  std::array<std::vector<float>, WeightPlace::kTables> sparse;  // kCount of each item and concept
  Network network;

  Weights() { sparse[WeightPlace::kGeneral].resize(general_weight::kCount); }
  // Makes room for all that the registry knows.
  void Resize();
  float At(WeightPlace place) const { return sparse[place.table()][place.at()]; }
};

// The same without any item or concept: what holds for those that nobody met yet.
Weights GeneralOf(const Weights& weights);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_WEIGHTS_H_
