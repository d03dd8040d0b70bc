#include "services/recommend/domain/mastery/fit/fit.h"

#include "services/recommend/domain/mastery/fit/replay.h"
#include "services/recommend/domain/mastery/fit/statistics_fit.h"

namespace edirae::recommend::mastery {
namespace {

constexpr uint32_t kFolds = 10;

// By number, scattered: learners of one class often stand together.
uint32_t FoldOf(uint32_t learner) { return static_cast<uint32_t>(learner * 2654435761u) % kFolds; }

}  // namespace

Weights Fit(const ResponseLog& log, const std::vector<bool>& use, const FitSettings& settings,
            absl::FunctionRef<void()> step) {
  Weights weights;
  for (const Response& response : log.responses) {
    if (use[response.learner]) Register(log.QuestionOf(response), weights);
  }
  const std::vector<TracedResponse> traced = Trace(weights, log, use);
  TrainingSet set;
  for (uint32_t fold = 0; fold < kFolds; ++fold) {
    weights.statistics =
        EstimateStatistics(weights.registry, traced, [fold](uint32_t learner) { return FoldOf(learner) != fold; });
    std::vector<bool> left_out = use;
    for (uint32_t learner = 0; learner < log.learners; ++learner) {
      if (FoldOf(learner) != fold) left_out[learner] = false;
    }
    Replay(weights, log, left_out,
           [&](size_t i, const Features& features) { set.Add(features, log.responses[i].correct); });
    step();
  }
  weights.statistics = EstimateStatistics(weights.registry, traced, [](uint32_t) { return true; });
  FitWeights(set, settings, weights, step);
  return weights;
}

}  // namespace edirae::recommend::mastery
