#ifndef EDIRAE_BENCH_SIMULATION_LEARNER_H_
#define EDIRAE_BENCH_SIMULATION_LEARNER_H_

#include <memory>
#include <string>
#include <vector>

#include "bench/simulation/graph.h"
#include "bench/simulation/random.h"

namespace edirae::simulation {

// Someone who learns, after a model that no policy knows. Times are days from the start. Not thread-safe.
class Learner {
 public:
  virtual ~Learner() = default;

  // The chance of a right answer on a concept at a time from the last answer on.
  virtual double Success(int concept_index, double time) const = 0;

  // How far the prerequisites are there, 0 to 1: what is learned of an answer is in proportion, or nearly.
  virtual double Readiness(int concept_index, double time) const = 0;

  // Answers a question, and learns from it. Returns whether it was right.
  virtual bool Answer(int concept_index, double time, Random& random) = 0;
};

// A hidden model, and how its learners differ.
struct Family {
  std::string name;
  std::string summary;
  // `graph` is the true one and must outlive the learner. `ability` multiplies how fast learners learn: 1 for the
  // usual.
  std::unique_ptr<Learner> (*make)(const Graph& graph, double ability, Random& random);
};

// A, B and C of our first design, D, E and F to check what was chosen on them, and G and H, who cannot learn
// everything.
const std::vector<Family>& Families();

// The mean chance of a right answer over all concepts.
double Knowledge(const Learner& learner, int concepts, double time);

}  // namespace edirae::simulation

#endif  // EDIRAE_BENCH_SIMULATION_LEARNER_H_
