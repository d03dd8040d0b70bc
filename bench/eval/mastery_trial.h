#ifndef EDIRAE_BENCH_EVAL_MASTERY_TRIAL_H_
#define EDIRAE_BENCH_EVAL_MASTERY_TRIAL_H_

#include <vector>

#include "bench/eval/prediction_scores.h"
#include "services/recommend/domain/mastery/fit/response_log.h"
#include "services/recommend/domain/mastery/weights.h"

namespace edirae::eval {

// What came of a mastery model that learned from some learners and then met others.
struct MasteryTrial {
  std::vector<JudgedPrediction> predictions;
  size_t learners = 0;  // of them
  // Answers that one core predicts and takes in, and those of a bare pass over the same rows that looks up the same
  // weights and states and computes nothing: its limit. A second of processor time each, the best of some passes.
  double updates_per_second = 0;
  double bare_per_second = 0;
  double bytes_per_learner_concept = 0;
  double bytes_per_learner = 0;  // all of a state but its concepts, mean
};

// Predicts every answer of the learners in `test` (by number) from the learner's own past; what they answer changes
// their states and no weight.
MasteryTrial TryMastery(const recommend::mastery::Weights& weights, const recommend::mastery::ResponseLog& log,
                        const std::vector<bool>& test);

}  // namespace edirae::eval

#endif  // EDIRAE_BENCH_EVAL_MASTERY_TRIAL_H_
