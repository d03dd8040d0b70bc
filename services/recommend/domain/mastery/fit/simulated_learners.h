#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_SIMULATED_LEARNERS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_SIMULATED_LEARNERS_H_

#include <cstdint>
#include <vector>

#include "services/recommend/domain/mastery/fit/response_log.h"

namespace edirae::recommend::mastery {

struct SimulationSettings {
  uint32_t learners = 1500;
  uint32_t answers = 120;  // of a learner, on average
  uint32_t concepts = 60;
  uint32_t items_per_concept = 12;
  // Of the learners, those whose items and concepts nobody else has: who fits to them learns to do without.
  double strangers = 0.5;
  uint64_t seed = 1;
};

// Learners of our own making, with what is truly so of each answer. The same for the same settings, on every machine.
struct SimulatedLearners {
  ResponseLog log;
  std::vector<float> probabilities;  // of being right, by response
};

// Concepts stand in a chain of short branches. A learner has an ability and a pace; knowing a concept grows with each
// answer, faster after a right one and once its prerequisite is known, and fades with a power of the time. Some items
// are about two concepts; items differ in difficulty and can be guessed. None of this is how the model sees learners.
SimulatedLearners Simulate(const SimulationSettings& settings);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_SIMULATED_LEARNERS_H_
