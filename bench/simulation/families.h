#ifndef EDIRAE_BENCH_SIMULATION_FAMILIES_H_
#define EDIRAE_BENCH_SIMULATION_FAMILIES_H_

#include <cmath>
#include <memory>
#include <vector>

#include "bench/simulation/learner.h"

// The parts of `Families()`.
namespace edirae::simulation {

inline double Logistic(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

// `Family::make` of a family whose learners are of class `FamilyLearner`.
template <class FamilyLearner>
std::unique_ptr<Learner> Make(const Graph& graph, double ability, Random& random) {
  return std::make_unique<FamilyLearner>(graph, ability, random);
}

// A, B and C.
std::vector<Family> FirstFamilies();

// D, E and F.
std::vector<Family> LaterFamilies();

// G and H.
std::vector<Family> FamiliesWithGaps();

}  // namespace edirae::simulation

#endif  // EDIRAE_BENCH_SIMULATION_FAMILIES_H_
