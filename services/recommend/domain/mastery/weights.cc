#include "services/recommend/domain/mastery/weights.h"

namespace edirae::recommend::mastery {

void Weights::Resize() {
  const size_t items = registry.items().size();
  const size_t concepts = registry.concepts().size();
  statistics.Resize(items, concepts);
  sparse[WeightPlace::kConcept].resize(concepts * concept_weight::kCount);
  sparse[WeightPlace::kItem].resize(items * item_weight::kCount);
}

Weights GeneralOf(const Weights& weights) {
  Weights general;
  general.statistics.all = weights.statistics.all;
  general.sparse[WeightPlace::kGeneral] = weights.sparse[WeightPlace::kGeneral];
  general.network = weights.network;
  return general;
}

}  // namespace edirae::recommend::mastery
