#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_WEIGHTS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_WEIGHTS_H_

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
inline constexpr int kCorrect = 1;  // log of the right answers
inline constexpr int kAttempts = 2;
inline constexpr int kAbility = 3;                   // how much the learner's ability counts here
inline constexpr int kOutcomes = 4;                  // newest 2
inline constexpr int kItemOutcomes = kOutcomes + 8;  // newest 5
inline constexpr int kCount = kItemOutcomes + 64;
}  // namespace concept_weight
namespace item_weight {
inline constexpr int kBias = 0;
inline constexpr int kAbility = 1;
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

  constexpr WeightPlace() = default;
  constexpr WeightPlace(Table table, uint32_t at) : bits_(table << 30 | at) {}
  constexpr Table table() const { return static_cast<Table>(bits_ >> 30); }
  constexpr uint32_t at() const { return bits_ & 0x3FFFFFFF; }

 private:
  uint32_t bits_ = 0;
};

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

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_WEIGHTS_H_
