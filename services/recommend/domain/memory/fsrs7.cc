#include "services/recommend/domain/memory/fsrs7.h"

#include <algorithm>
#include <cmath>

#include "services/recommend/domain/memory/rounding.h"

namespace edirae::recommend::memory {
namespace {

constexpr double kLeastStability = 0.0001;
constexpr double kMostStability = 36'500;
constexpr double kFastShare = 0.8;   // of the slow stability, at first and at most after a lapse
constexpr double kCertainty = 1e-5;  // how near to 0 and 1 a chance may come
constexpr int kSlowWeights = 7;      // where the eight weights of each trace begin
constexpr int kFastWeights = 15;
constexpr int kBisections = 60;

double ClampStability(double value) { return std::clamp(RoundTo8(value), kLeastStability, kMostStability); }
double ClampDifficulty(double value) { return std::clamp(RoundTo8(value), 1.0, 10.0); }

// (1 + rate t)^-decay
struct Curve {
  double rate;
  double decay;

  double At(double days) const { return std::pow(1 + rate * days, -decay); }
};

}  // namespace

struct Fsrs7::Curves {
  Curve fast;
  Curve slow;
  double fast_share;

  double At(double days) const {
    const double mixed = fast_share * fast.At(days) + (1 - fast_share) * slow.At(days);
    return mixed * (1 - 2 * kCertainty) + kCertainty;
  }
};

const Fsrs7::Weights& Fsrs7::DefaultWeights() {
  static constexpr Weights kDefault = {0.1104, 2.2395, 3.9221, 11.7841, 6.1686, 0.6457, 3.6807, 1.9795, 0,
                                       1.3826, 0.7024, 0.5999, 0.8146,  0.6398, 1,      1.3207, 0.6707, 3.8668,
                                       0.4416, 0.0934, 1.8631, 0.6162,  1.0869, 0.1567, 0.0801, 0.2421, 0.9464,
                                       0.1433, 0.7145, 0,      0.5667,  0.3734, 0.5333, 0.3048};
  return kDefault;
}

Fsrs7::Fsrs7(const Weights& weights) : w_(weights) {}

Fsrs7State Fsrs7::First(Rating rating) const {
  const double stability = std::clamp(w_[NumberOf(rating) - 1], kLeastStability, kMostStability);
  return {ClampStability(stability), ClampStability(kFastShare * stability),
          ClampDifficulty(InitialDifficulty(rating))};
}

Fsrs7State Fsrs7::Next(const Fsrs7State& state, double elapsed_days, Rating rating) const {
  const Curves curves = CurvesOf(state);
  const double recall = curves.At(elapsed_days);
  const double slow = NextStability(state.stability, state.difficulty, recall, rating, kSlowWeights);
  double fast =
      NextStability(state.stability_fast, state.difficulty, curves.fast.At(elapsed_days), rating, kFastWeights);
  double step = -w_[6] * (NumberOf(rating) - 3);
  if (rating == Rating::kAgain) {
    fast = std::min(fast, kFastShare * slow);
    step *= recall + 0.1;
  }
  const double damped = state.difficulty + step * (10 - state.difficulty) / 9;
  return {ClampStability(slow), ClampStability(fast),
          ClampDifficulty(0.01 * InitialDifficulty(Rating::kEasy) + 0.99 * damped)};
}

double Fsrs7::Retrievability(double elapsed_days, const Fsrs7State& state) const {
  return CurvesOf(state).At(elapsed_days);
}

double Fsrs7::IntervalDays(const Fsrs7State& state, double retention, double max_days) const {
  const Curves curves = CurvesOf(state);
  if (curves.At(max_days) >= retention) return max_days;
  double low = 0;
  double high = std::min(std::max({1.0, state.stability, state.stability_fast}), max_days);
  while (curves.At(high) > retention) high = std::min(2 * high, max_days);
  for (int i = 0; i < kBisections; ++i) {
    const double middle = (low + high) / 2;
    (curves.At(middle) > retention ? low : high) = middle;
  }
  return high;
}

Fsrs7::Curves Fsrs7::CurvesOf(const Fsrs7State& state) const {
  const double hardness = state.difficulty - 5;
  const double fast_decay = std::clamp(w_[23] * std::pow(state.stability_fast, w_[33] - 0.3), 0.01, 0.95);
  const double fast_factor = std::exp(std::min(std::log(w_[25]) / -fast_decay, 60.0)) - 1;
  const double slow_decay = std::clamp(w_[24], 0.01, 0.95);
  const double slow_factor = (std::pow(w_[26], -1 / slow_decay) - 1) * std::exp(hardness * (w_[32] - 0.3));
  const double fast_weight = w_[27] * std::pow(state.stability_fast, -w_[29]);
  const double slow_weight = w_[28] * std::pow(state.stability, w_[30]) * std::exp(hardness * (w_[31] - 0.5));
  return {.fast = {fast_factor / state.stability_fast, fast_decay},
          .slow = {slow_factor / state.stability, slow_decay},
          .fast_share = fast_weight / (fast_weight + slow_weight)};
}

// After a lapse min(S, w3 ((S + 1)^w4 - 1) e^(w5 (1 - R))); otherwise no less than that, and
// S (1 + e^(w0 - 1.5) (11 - D) S^-w1 (e^(w2 (1 - R)) - 1) [w6 when hard] [w7 when easy]); w counts from `first_weight`.
double Fsrs7::NextStability(double stability, double difficulty, double retrievability, Rating rating,
                            int first_weight) const {
  const double* w = &w_[first_weight];
  const double lapsed =
      std::min(stability, w[3] * (std::pow(stability + 1, w[4]) - 1) * std::exp((1 - retrievability) * w[5]));
  if (rating == Rating::kAgain) return lapsed;
  const double hard = rating == Rating::kHard ? w[6] : 1;
  const double easy = rating == Rating::kEasy ? w[7] : 1;
  const double growth = std::exp(w[0] - 1.5) * (11 - difficulty) * std::pow(stability, -w[1]) *
                        (std::exp((1 - retrievability) * w[2]) - 1) * hard * easy;
  return std::max(lapsed, stability * (1 + growth));
}

double Fsrs7::InitialDifficulty(Rating rating) const { return w_[4] - std::exp(w_[5] * (NumberOf(rating) - 1)) + 1; }

}  // namespace edirae::recommend::memory
