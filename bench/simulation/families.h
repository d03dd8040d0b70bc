#ifndef EDIRAE_BENCH_SIMULATION_FAMILIES_H_
#define EDIRAE_BENCH_SIMULATION_FAMILIES_H_

#include <cmath>
#include <memory>

#include "bench/simulation/learner.h"

// The makers of each family, for `Families()`.
namespace edirae::simulation {

inline double Logistic(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

std::unique_ptr<Learner> MakeA(const Graph& graph, double ability, Random& random);
std::unique_ptr<Learner> MakeB(const Graph& graph, double ability, Random& random);
std::unique_ptr<Learner> MakeC(const Graph& graph, double ability, Random& random);
std::unique_ptr<Learner> MakeD(const Graph& graph, double ability, Random& random);
std::unique_ptr<Learner> MakeE(const Graph& graph, double ability, Random& random);
std::unique_ptr<Learner> MakeF(const Graph& graph, double ability, Random& random);

}  // namespace edirae::simulation

#endif  // EDIRAE_BENCH_SIMULATION_FAMILIES_H_
