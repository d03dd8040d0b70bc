#include "common/guessing/known_share.h"

#include <algorithm>
#include <cmath>

namespace edirae {
namespace {

constexpr double kZ = 1.2815515655446004;  // the 90 % quantile of the standard normal distribution

// The end of the interval on the side of `sign`.
double WilsonBound(const AnswerTally& tally, double sign) {
  const double n = tally.count;
  const double share = tally.right / n;
  const double half = kZ * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
  return (share + kZ * kZ / (2 * n) + sign * half) / (1 + kZ * kZ / n);
}

double WithoutGuesses(const AnswerTally& tally, double share) {
  const double guess = tally.guess_permille_sum / (1000.0 * tally.count);
  if (guess >= 1) return 0;
  return std::clamp((share - guess) / (1 - guess), 0.0, 1.0);
}

}  // namespace

double SurelyKnown(const AnswerTally& tally) {
  return tally.count == 0 ? 0 : WithoutGuesses(tally, WilsonBound(tally, -1));
}

double PossiblyKnown(const AnswerTally& tally) {
  return tally.count == 0 ? 1 : WithoutGuesses(tally, WilsonBound(tally, +1));
}

}  // namespace edirae
