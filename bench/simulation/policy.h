#ifndef EDIRAE_BENCH_SIMULATION_POLICY_H_
#define EDIRAE_BENCH_SIMULATION_POLICY_H_

#include <memory>
#include <string>
#include <vector>

#include "bench/simulation/graph.h"
#include "bench/simulation/random.h"

namespace edirae::simulation {

// Decides which concept a learner is asked about next. Knows the order of the curriculum, the graph as authors gave it,
// and the answers so far. One object a learner; not thread-safe.
class Policy {
 public:
  virtual ~Policy() = default;

  virtual int Choose(double time) = 0;
  virtual void Observe(int concept_index, bool right, double time) = 0;
};

struct PolicyKind {
  std::string name;     // for flags and JSON
  std::string summary;  // for the table
  // `graph` must outlive the policy. `seed` is for its own chances.
  std::unique_ptr<Policy> (*make)(const Graph& graph, uint64_t seed);
};

// The baselines of the design, and ours last.
const std::vector<PolicyKind>& PolicyKinds();

}  // namespace edirae::simulation

#endif  // EDIRAE_BENCH_SIMULATION_POLICY_H_
