#include "services/recommend/domain/mastery/weights.h"

namespace edirae::recommend::mastery {

void Weights::Resize() {
  const size_t items = registry.items().size();
  const size_t concepts = registry.concepts().size();
  statistics.Resize(items, concepts);
  sparse[WeightPlace::kConcept].resize(concepts * concept_weight::kCount);
  sparse[WeightPlace::kItem].resize(items * item_weight::kCount);
}

}  // namespace edirae::recommend::mastery
