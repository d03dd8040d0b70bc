#ifndef EDIRAE_BENCH_SIMULATION_GRAPH_H_
#define EDIRAE_BENCH_SIMULATION_GRAPH_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/simulation/random.h"

namespace edirae::simulation {

// Concepts in curriculum order, each after its prerequisites.
struct Graph {
  std::vector<std::vector<int>> prerequisites;  // by concept
  std::vector<int> depth;                       // by concept: edges from the farthest concept without prerequisites

  int size() const { return static_cast<int>(prerequisites.size()); }
  int edges() const;
};

// A random graph like those of school curricula: most concepts have one prerequisite or two, near before them in the
// order, some have none. `concepts` from 1.
Graph GenerateGraph(int concepts, Random& random);

// 90 to 100 concepts of a larger graph: whole subjects, each a concept with all that it needs. The file is TSV; its
// header names the columns concept, depth and prerequisites (joined by "~") among others. NOT_FOUND, or
// INVALID_ARGUMENT with the line's number.
absl::StatusOr<Graph> ReadGraph(const std::string& path);

// What authors know of the graph: a share of the edges is lost, and as many that do not exist were added.
Graph WithWrongEdges(const Graph& graph, double share, Random& random);

}  // namespace edirae::simulation

#endif  // EDIRAE_BENCH_SIMULATION_GRAPH_H_
