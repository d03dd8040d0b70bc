#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_WEIGHT_FIT_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_WEIGHT_FIT_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "services/recommend/domain/mastery/fit/training_set.h"
#include "services/recommend/domain/mastery/weights.h"

namespace edirae::recommend::mastery {

struct FitSettings {
  int epochs = 7;  // at the most; 1 or more
  uint64_t seed = 1;
};

// Fills sparse weights and network of `weights`, whose registry and statistics are there, from `set`, whose dense
// features it standardises. `step` is called after every epoch, with its number from 0; `weights` are then what a
// training of so many would give. While it runs, each group of units has the sparse weights twice.
void FitWeights(TrainingSet& set, const FitSettings& settings, Weights& weights, absl::FunctionRef<void(int)> step);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_WEIGHT_FIT_H_
