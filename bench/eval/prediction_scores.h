#ifndef EDIRAE_BENCH_EVAL_PREDICTION_SCORES_H_
#define EDIRAE_BENCH_EVAL_PREDICTION_SCORES_H_

#include <cstdint>
#include <vector>

namespace edirae::eval {

// What was predicted of one answer, and how it came out.
struct JudgedPrediction {
  float probability = 0;
  bool correct = false;
  bool cold = false;  // the learner had never met any of the item's concepts
};

// How good predictions are. NaN where there is nothing to judge by: an AUC of outcomes that are all alike, say.
struct PredictionScores {
  double auc = 0;       // probability that a right answer was predicted higher than a wrong one, ties half
  double log_loss = 0;  // mean, natural logarithm; probabilities moved into [1e-6, 1 - 1e-6]
  double rmse = 0;
  double ece = 0;  // expected calibration error, ten bins of equal width
  double cold_start_auc = 0;
  int64_t answers = 0;
};

PredictionScores Score(const std::vector<JudgedPrediction>& predictions);

}  // namespace edirae::eval

#endif  // EDIRAE_BENCH_EVAL_PREDICTION_SCORES_H_
