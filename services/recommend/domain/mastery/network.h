#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_NETWORK_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_NETWORK_H_

#include <array>
#include <vector>

#include "services/recommend/domain/mastery/dense.h"

namespace edirae::recommend::mastery {

inline constexpr int kUnits = 16;

// A layer of rectified units over the dense features, and what it adds to the log-odds.
struct UnitGroup {
  std::array<std::array<float, kUnits>, kDenseFeatures> input = {};
  std::array<float, kUnits> threshold = {};
  std::array<float, kUnits> output = {};

  friend bool operator==(const UnitGroup&, const UnitGroup&) = default;
};

// How dense features become log-odds: standardised first, then a linear part, which explains itself, plus groups of
// units, which catch how features act together. Groups are trained apart from each other and averaged.
struct Network {
  DenseFeatures mean = {};
  DenseFeatures scale = {};  // 1 / standard deviation
  DenseFeatures linear = {};
  float bias = 0;
  std::vector<UnitGroup> groups;

  // In place; afterwards each is within ±kDenseBound.
  void Standardise(DenseFeatures& features) const;
  // What the units add, of standardised features.
  float Pattern(const DenseFeatures& features) const;
};

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_NETWORK_H_
