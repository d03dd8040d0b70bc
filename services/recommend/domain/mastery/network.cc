#include "services/recommend/domain/mastery/network.h"

#include <algorithm>

namespace edirae::recommend::mastery {

void Network::Standardise(DenseFeatures& features) const {
  for (int i = 0; i < kDenseFeatures; ++i) {
    features[i] = std::clamp((features[i] - mean[i]) * scale[i], -kDenseBound, kDenseBound);
  }
}

float Network::Pattern(const DenseFeatures& features) const {
  float sum = 0;
  for (const UnitGroup& group : groups) {
    std::array<float, kUnits> units = group.threshold;
    for (int i = 0; i < kDenseFeatures; ++i) {
      for (int unit = 0; unit < kUnits; ++unit) units[unit] += features[i] * group.input[i][unit];
    }
    for (int unit = 0; unit < kUnits; ++unit) sum += std::max(units[unit], 0.0f) * group.output[unit];
  }
  return sum;
}

}  // namespace edirae::recommend::mastery
