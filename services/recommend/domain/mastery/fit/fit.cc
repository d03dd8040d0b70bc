#include "services/recommend/domain/mastery/fit/fit.h"

#include <algorithm>
#include <cmath>

#include "services/recommend/domain/mastery/fit/replay.h"
#include "services/recommend/domain/mastery/fit/statistics_fit.h"

namespace edirae::recommend::mastery {
namespace {

constexpr uint32_t kFolds = 10;
constexpr int64_t kEnoughJudged = 20'000;
constexpr int64_t kMany = 200'000;  // answers, of which no epoch is too much
constexpr double kTie = 3e-4;       // a difference that is none, nats an answer

// By number, scattered: learners of one class often stand together.
uint32_t FoldOf(uint32_t learner) { return static_cast<uint32_t>(learner * 2654435761u) % kFolds; }

// Those of `use` who are in a fold, and those who are not.
struct Parted {
  std::vector<bool> in;
  std::vector<bool> out;
};

Parted Part(const std::vector<bool>& use, uint32_t fold) {
  Parted parted{use, use};
  for (uint32_t learner = 0; learner < use.size(); ++learner) {
    (FoldOf(learner) == fold ? parted.out : parted.in)[learner] = false;
  }
  return parted;
}

int64_t CountAnswers(const ResponseLog& log, const std::vector<bool>& use) {
  return std::ranges::count_if(log.responses, [&](const Response& it) { return use[it.learner]; });
}

// Registry and statistics, and the answers as training meets them.
struct Prepared {
  Weights weights;
  TrainingSet set;
};

Prepared Prepare(const ResponseLog& log, const std::vector<bool>& use, absl::FunctionRef<void()> step) {
  Prepared prepared;
  Weights& weights = prepared.weights;
  for (const Response& response : log.responses) {
    if (use[response.learner]) Register(log.QuestionOf(response), weights);
  }
  const std::vector<TracedResponse> traced = Trace(weights, log, use);
  for (uint32_t fold = 0; fold < kFolds; ++fold) {
    const std::vector<bool> in = Part(use, fold).in;
    if (CountAnswers(log, in) == 0) continue;
    weights.statistics =
        EstimateStatistics(weights.registry, traced, [fold](uint32_t learner) { return FoldOf(learner) != fold; });
    Replay(weights, log, in,
           [&](size_t i, const Features& features) { prepared.set.Add(features, log.responses[i].correct); });
    step();
  }
  weights.statistics = EstimateStatistics(weights.registry, traced, [](uint32_t) { return true; });
  return prepared;
}

// Of what is predicted of the learners in `use`, summed, in nats.
double LogLossOf(const Weights& weights, const ResponseLog& log, const std::vector<bool>& use) {
  double loss = 0;
  Replay(weights, log, use, [&](size_t i, const Features& features) {
    const double log_odds = LogOddsOf(weights, features);
    loss += std::log1p(std::exp(log.responses[i].correct ? -log_odds : log_odds));
  });
  return loss;
}

// After how many epochs learners who were left out of everything are predicted best, the most of those that are as
// good: a few answers are soon learned by heart. Leaves out one fold after the other until kEnoughJudged answers were
// judged.
int BestEpochs(const ResponseLog& log, const std::vector<bool>& use, const FitSettings& settings,
               absl::FunctionRef<void()> step) {
  if (settings.epochs <= 1 || CountAnswers(log, use) >= kMany) return settings.epochs;
  std::vector<double> losses(static_cast<size_t>(settings.epochs));  // after each epoch
  int64_t judged = 0;
  for (uint32_t fold = 0; fold < kFolds && judged < kEnoughJudged; ++fold) {
    const Parted parted = Part(use, fold);
    const int64_t count = CountAnswers(log, parted.in);
    if (count == 0 || CountAnswers(log, parted.out) == 0) continue;
    judged += count;
    Prepared prepared = Prepare(log, parted.out, step);
    FitWeights(prepared.set, settings, prepared.weights, [&](int epoch) {
      losses[static_cast<size_t>(epoch)] += LogLossOf(prepared.weights, log, parted.in);
      step();
    });
  }
  if (judged == 0) return 1;
  const double most = *std::ranges::min_element(losses) + kTie * static_cast<double>(judged);
  const auto last = std::ranges::find_if(losses.rbegin(), losses.rend(), [&](double it) { return it <= most; });
  return static_cast<int>(losses.rend() - last);
}

}  // namespace

Weights Fit(const ResponseLog& log, const std::vector<bool>& use, const FitSettings& settings,
            absl::FunctionRef<void()> step) {
  FitSettings best = settings;
  best.epochs = BestEpochs(log, use, settings, step);
  Prepared prepared = Prepare(log, use, step);
  FitWeights(prepared.set, best, prepared.weights, [&](int) { step(); });
  return std::move(prepared.weights);
}

}  // namespace edirae::recommend::mastery
