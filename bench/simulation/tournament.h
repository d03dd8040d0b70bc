#ifndef EDIRAE_BENCH_SIMULATION_TOURNAMENT_H_
#define EDIRAE_BENCH_SIMULATION_TOURNAMENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "bench/simulation/graph.h"
#include "bench/simulation/learner.h"
#include "bench/simulation/policy.h"

namespace edirae::simulation {

struct Course {
  int learners = 200;
  int days = 60;
  int answers_a_day = 20;     // a minute apart
  double wrong_edges = 0.15;  // share of the graph's edges that policies do not see, and as many false ones
  double ability = 1;         // of all learners, as in `Family::make`
  uint64_t seed = 1;
};

// How one learner fared with one policy.
struct Result {
  double gain = 0;     // in the mean chance of a right answer over all concepts, two weeks after the last day
  double unready = 0;  // share of questions whose prerequisites were hardly there
  double hours = 0;    // a right answer 40 s, a wrong one with its explanation 80 s, the lesson before the first 180 s
};

// Mean and half the width of its 95 % confidence interval.
struct Estimate {
  double mean = 0;
  double within = 0;
};

struct Standing {
  std::string family;
  std::string policy;
  Estimate gain;
  double worst_tenth = 0;  // mean gain of the tenth of learners who gained least
  double unready = 0;
  double gain_an_hour = 0;
  Estimate behind_ours;          // how much more the same learners gained with the last policy
  double worst_behind_ours = 0;  // the same, of the tenth who gained least with this one
};

// Every learner of the family meets every policy, with the same knowledge, the same luck and the same wrong edges.
// Standings in the order of `policies`, whose last is the one that the others are compared with.
std::vector<Standing> Compare(const Family& family, const std::vector<PolicyKind>& policies, const Graph& graph,
                              const Course& course);

}  // namespace edirae::simulation

#endif  // EDIRAE_BENCH_SIMULATION_TOURNAMENT_H_
