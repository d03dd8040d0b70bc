#include "services/recommend/domain/memory/fsrs6.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "services/recommend/domain/memory/rounding.h"

namespace edirae::recommend::memory {
namespace {

constexpr double kMinStability = 0.001;
constexpr double kMaxStability = 36'500;
constexpr double kMinFirstStability = 0.1;
constexpr double kMaxFirstStability = 100;
constexpr double kMinDifficulty = 1;
constexpr double kMaxDifficulty = 10;

struct Range {
  double low;
  double high;
};

constexpr std::array<Range, 21> kRanges = {{
    {kMinStability, kMaxFirstStability},  // 0 to 3: first stability, by rating
    {kMinStability, kMaxFirstStability},
    {kMinStability, kMaxFirstStability},
    {kMinStability, kMaxFirstStability},
    {1, 10},        // 4, 5: first difficulty
    {0.001, 4},     //
    {0.001, 4},     // 6: step of difficulty
    {0.001, 0.75},  // 7: its reversion to the mean
    {0, 4.5},       // 8 to 10: growth of stability
    {0, 0.8},       //
    {0.001, 3.5},   //
    {0.001, 5},     // 11 to 14: stability after a lapse
    {0.001, 0.25},  //
    {0.001, 0.9},   //
    {0, 4},         //
    {0, 1},         // 15: hard
    {1, 6},         // 16: easy
    {0, 2},         // 17 to 19: reviews on the same day
    {0, 2},         //
    {0.01, 0.8},    //
    {0.1, 0.8},     // 20: decay
}};

// As the reference clamps: where the bounds cross, the upper one holds.
double Clamp(double value, double low, double high) { return std::min(std::max(value, low), high); }

}  // namespace

const Fsrs6::Weights& Fsrs6::DefaultWeights() {
  static constexpr Weights kDefault = {0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
                                       0.001,  1.8722, 0.1666, 0.796,  1.4835, 0.0614, 0.2629,
                                       1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542};
  return kDefault;
}

Fsrs6::Fsrs6(const Weights& weights) : w_(weights) {
  for (size_t i = 0; i < w_.size(); ++i) {
    w_[i] = Clamp(std::isnan(w_[i]) ? 0 : w_[i], kRanges[i].low, kRanges[i].high);
  }
  factor_ = RoundTo8(std::exp(std::log(0.9) / -w_[20]) - 1);
}

Fsrs6State Fsrs6::First(Rating rating) const {
  return {std::max(w_[NumberOf(rating) - 1], kMinFirstStability),
          Clamp(InitialDifficulty(rating), kMinDifficulty, kMaxDifficulty)};
}

Fsrs6State Fsrs6::Next(const Fsrs6State& state, double elapsed_days, Rating rating) const {
  Fsrs6State next;
  next.difficulty = NextDifficulty(state.difficulty, rating);
  if (elapsed_days == 0) {
    next.stability = StabilityOnSameDay(state.stability, rating);
    return next;
  }
  const double retrievability = Retrievability(elapsed_days, state.stability);
  next.stability = rating == Rating::kAgain ? StabilityAfterLapse(state, retrievability)
                                            : StabilityAfterRecall(state, retrievability, rating);
  return next;
}

double Fsrs6::Retrievability(double elapsed_days, double stability) const {
  return RoundTo8(std::pow(1 + factor_ * elapsed_days / stability, -w_[20]));
}

int Fsrs6::IntervalDays(double stability, double retention, int max_days) const {
  const double days_per_stability = RoundTo8((std::pow(retention, 1 / -w_[20]) - 1) / factor_);
  return static_cast<int>(Clamp(RoundHalfUp(stability * days_per_stability), 1, max_days));
}

// S (1 + e^w8 (11 - D) S^-w9 (e^(w10 (1 - R)) - 1) [w15 when hard] [w16 when easy])
double Fsrs6::StabilityAfterRecall(const Fsrs6State& state, double retrievability, Rating rating) const {
  const double hard = rating == Rating::kHard ? w_[15] : 1;
  const double easy = rating == Rating::kEasy ? w_[16] : 1;
  const double growth = std::exp(w_[8]) * (11 - state.difficulty) * std::pow(state.stability, -w_[9]) *
                        (std::exp((1 - retrievability) * w_[10]) - 1) * hard * easy;
  return RoundTo8(Clamp(state.stability * (1 + growth), kMinStability, kMaxStability));
}

// w11 D^-w12 ((S + 1)^w13 - 1) e^(w14 (1 - R)), and never more than S / e^(w17 w18)
double Fsrs6::StabilityAfterLapse(const Fsrs6State& state, double retrievability) const {
  const double lapsed = w_[11] * std::pow(state.difficulty, -w_[12]) * (std::pow(state.stability + 1, w_[13]) - 1) *
                        std::exp((1 - retrievability) * w_[14]);
  const double most = RoundTo8(state.stability / std::exp(w_[17] * w_[18]));
  return Clamp(most, kMinStability, RoundTo8(Clamp(lapsed, kMinStability, kMaxStability)));
}

// S S^-w19 e^(w17 (G - 3 + w18)), which takes nothing away unless the rating is again
double Fsrs6::StabilityOnSameDay(double stability, Rating rating) const {
  const double change = std::pow(stability, -w_[19]) * std::exp(w_[17] * (NumberOf(rating) - 3 + w_[18]));
  const double growth = rating == Rating::kAgain ? change : std::max(change, 1.0);
  return RoundTo8(Clamp(stability * growth, kMinStability, kMaxStability));
}

// w4 - e^(w5 (G - 1)) + 1
double Fsrs6::InitialDifficulty(Rating rating) const {
  return RoundTo8(w_[4] - std::exp((NumberOf(rating) - 1) * w_[5]) + 1);
}

// D - w6 (G - 3) (10 - D) / 9, then a share w7 of the way to the first difficulty of an easy card
double Fsrs6::NextDifficulty(double difficulty, Rating rating) const {
  const double step = -w_[6] * (NumberOf(rating) - 3);
  const double damped = difficulty + RoundTo8(step * (10 - difficulty) / 9);
  const double reverted = RoundTo8(w_[7] * InitialDifficulty(Rating::kEasy) + (1 - w_[7]) * damped);
  return Clamp(reverted, kMinDifficulty, kMaxDifficulty);
}

}  // namespace edirae::recommend::memory
