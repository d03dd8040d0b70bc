#include "bench/simulation/learner.h"

#include <utility>

#include "bench/simulation/families.h"

namespace edirae::simulation {

const std::vector<Family>& Families() {
  static const auto* const families = [] {
    auto* all = new std::vector<Family>(FirstFamilies());
    for (auto* const more : {&LaterFamilies, &FamiliesWithGaps}) {
      for (Family& family : more()) all->push_back(std::move(family));
    }
    return all;
  }();
  return *families;
}

double Knowledge(const Learner& learner, int concepts, double time) {
  double sum = 0;
  for (int i = 0; i < concepts; ++i) sum += learner.Success(i, time);
  return sum / concepts;
}

}  // namespace edirae::simulation
