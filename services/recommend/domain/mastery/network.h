#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_NETWORK_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_NETWORK_H_

#include <array>

#include "services/recommend/domain/mastery/dense.h"

namespace edirae::recommend::mastery {

inline constexpr int kUnitsOfGroup = 16;
inline constexpr int kGroups = 3;
inline constexpr int kUnits = kUnitsOfGroup * kGroups;

// How dense features become log-odds: standardised first, then a linear part, which explains itself, and a layer of
// rectified units, which catches how features act together. The units are in groups that were trained apart, each as a
// network of its own, and are averaged.
struct Network {
  DenseFeatures mean = {};
  DenseFeatures scale = {};  // 1 / standard deviation
  DenseFeatures linear = {};
  float bias = 0;
  alignas(64) std::array<std::array<float, kUnits>, kDenseFeatures> input = {};
  alignas(64) std::array<float, kUnits> threshold = {};
  alignas(64) std::array<float, kUnits> output = {};

  // In place; afterwards each is within ±kDenseBound.
  void Standardise(DenseFeatures& features) const;
  // What the units add, of standardised features.
  float Pattern(const DenseFeatures& features) const;
};

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_NETWORK_H_
