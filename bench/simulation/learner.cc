#include "bench/simulation/learner.h"

#include "bench/simulation/families.h"

namespace edirae::simulation {

const std::vector<Family>& Families() {
  static const auto* const families = new std::vector<Family>{
      {"A", "graded acquisition, power-law forgetting, prerequisites refreshed by what builds on them", MakeA},
      {"B", "known or not, gated by prerequisites", MakeB},
      {"C", "soft prerequisites, frustration", MakeC},
      {"D", "traces of memory that fade the faster the fresher the memory was", MakeD},
      {"E", "weak learners: known or not, slowly, with guessing, forgotten all at once", MakeE},
      {"F", "concepts of different difficulty, half-lives, no prerequisites", MakeF},
  };
  return *families;
}

double Knowledge(const Learner& learner, int concepts, double time) {
  double sum = 0;
  for (int i = 0; i < concepts; ++i) sum += learner.Success(i, time);
  return sum / concepts;
}

}  // namespace edirae::simulation
