#include "bench/eval/prediction_scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace edirae::eval {
namespace {

constexpr double kMargin = 1e-6;
constexpr size_t kBins = 10;

// By the rank sum of Mann and Whitney. Sorts `predictions`.
double Auc(std::vector<JudgedPrediction>& predictions) {
  std::sort(predictions.begin(), predictions.end(),
            [](const JudgedPrediction& a, const JudgedPrediction& b) { return a.probability < b.probability; });
  double right = 0;
  double wrong = 0;
  double ordered = 0;  // pairs of a right and a wrong one, the right one higher
  for (size_t begin = 0; begin < predictions.size();) {
    double tied_right = 0;
    double tied_wrong = 0;
    size_t end = begin;
    for (; end < predictions.size() && predictions[end].probability == predictions[begin].probability; ++end) {
      ++(predictions[end].correct ? tied_right : tied_wrong);
    }
    ordered += tied_right * (wrong + tied_wrong / 2);
    right += tied_right;
    wrong += tied_wrong;
    begin = end;
  }
  return ordered / (right * wrong);
}

double ExpectedCalibrationError(const std::vector<JudgedPrediction>& predictions) {
  std::array<double, kBins> difference = {};
  for (const JudgedPrediction& it : predictions) {
    const auto bin = std::min(static_cast<size_t>(it.probability * kBins), kBins - 1);
    difference[bin] += static_cast<double>(it.probability) - (it.correct ? 1 : 0);
  }
  double sum = 0;
  for (const double it : difference) sum += std::abs(it);
  return sum / static_cast<double>(predictions.size());
}

}  // namespace

PredictionScores Score(const std::vector<JudgedPrediction>& predictions) {
  PredictionScores scores;
  scores.answers = static_cast<int64_t>(predictions.size());
  double squares = 0;
  std::vector<JudgedPrediction> cold;
  for (const JudgedPrediction& it : predictions) {
    const double probability = std::clamp(static_cast<double>(it.probability), kMargin, 1 - kMargin);
    scores.log_loss -= std::log(it.correct ? probability : 1 - probability);
    const double error = probability - (it.correct ? 1 : 0);
    squares += error * error;
    if (it.cold) cold.push_back(it);
  }
  const auto count = static_cast<double>(predictions.size());
  scores.log_loss /= count;
  scores.rmse = std::sqrt(squares / count);
  scores.ece = ExpectedCalibrationError(predictions);
  std::vector<JudgedPrediction> all = predictions;
  scores.auc = Auc(all);
  scores.cold_start_auc = Auc(cold);
  return scores;
}

}  // namespace edirae::eval
