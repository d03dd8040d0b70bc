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
  // The share of learners whose items and concepts nobody else has: who fits to them learns to do without.
  double strangers = 0.5;
  uint32_t classmates = 300;  // of the others, those who have a course together; 1 or more
  // Whether learners are better at some concepts than at others and have forms of the day, which no model can foresee.
  bool moods = true;
  uint64_t seed = 1;
};

// Learners of our own making, with what is truly so of each answer. The same for the same settings, on every machine.
struct SimulatedLearners {
  ResponseLog log;
  std::vector<float> probabilities;  // of being right, by response
};

// Each group of classmates, and each stranger, has a course of its own: how hard concepts and items are and how much
// they differ, whether they can be guessed, when the tutor goes on to the next concept and whether it asks an item
// again, how fast its learners learn and forget, whether times are known. Concepts stand in a chain of short branches;
// some items are about two. A learner has an ability, is better at some concepts than at others and, after each pause,
// has a form of the day; knowing a concept grows with each answer, faster once its prerequisite is known, and fades
// with a power of the time; an item that was met before is easier, most of all at once. None of this is how the model
// sees learners.
SimulatedLearners Simulate(const SimulationSettings& settings);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_SIMULATED_LEARNERS_H_
