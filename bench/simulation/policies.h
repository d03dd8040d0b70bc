#ifndef EDIRAE_BENCH_SIMULATION_POLICIES_H_
#define EDIRAE_BENCH_SIMULATION_POLICIES_H_

#include <vector>

#include "bench/simulation/policy.h"

// What `PolicyKinds()` consists of.
namespace edirae::simulation {

std::vector<PolicyKind> Baselines();
PolicyKind Ours();

}  // namespace edirae::simulation

#endif  // EDIRAE_BENCH_SIMULATION_POLICIES_H_
