#include <memory>

#include "bench/simulation/policies.h"
#include "services/recommend/domain/steps/next_step.h"

namespace edirae::simulation {
namespace {

// The platform's own policy, through its real code.
class OurPolicy : public Policy {
 public:
  explicit OurPolicy(const Graph& graph) {
    for (const std::vector<int>& some : graph.prerequisites) {
      curriculum_.prerequisites.emplace_back(some.begin(), some.end());
    }
  }

  int Choose(double time) override { return recommend::steps::Choose(state_, curriculum_, time).concept_index; }
  void Observe(int concept_index, bool right, double time) override {
    recommend::steps::Observe({.concept_index = concept_index, .correct = right, .at_days = time}, state_);
  }

 private:
  recommend::steps::Curriculum curriculum_;
  recommend::steps::StepsState state_;
};

}  // namespace

PolicyKind Ours() {
  return {"ours", "ours: predicted success over several models of the learner",
          [](const Graph& graph, uint64_t) -> std::unique_ptr<Policy> { return std::make_unique<OurPolicy>(graph); }};
}

}  // namespace edirae::simulation
