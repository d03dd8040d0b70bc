#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ABILITY_FILTER_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ABILITY_FILTER_H_

#include <algorithm>
#include <cmath>

#include "services/recommend/domain/mastery/log_odds.h"

namespace edirae::recommend::mastery {

// How a filter believes that abilities move: variance before the first answer, and what an answer adds to it.
struct FilterSettings {
  float learner_prior = 1.0f;
  float concept_prior = 0.4f;
  float learner_drift = 0.002f;
  float concept_drift = 0.01f;
};
inline constexpr FilterSettings kSlowFilter;
inline constexpr FilterSettings kFastFilter = {.learner_drift = 0.01f, .concept_drift = 0.03f};

inline constexpr float kMaxExpectation = 5.3f;  // a probability of .995: nobody is surer, so that all can still learn

// An extended Kalman filter with a diagonal covariance, for log-odds = learner + mean of concepts + ease. An
// expectation integrates the doubt out: log-odds z / √(1 + 0.35 v), 0.35 being close to π/8 (MacKay 1992).
struct Belief {
  float learner = 0;
  float concepts = 0;  // mean over the item's concepts
  float learner_variance = 0;
  float concept_variance = 0;  // of that mean

  // Log-odds, within ±kMaxExpectation.
  float Expect(float ease) const {
    const float log_odds = (learner + concepts + ease) / std::sqrt(1 + 0.35f * (learner_variance + concept_variance));
    return std::clamp(log_odds, -kMaxExpectation, kMaxExpectation);
  }
};

// What an answer teaches: `mean += gain * variance`, `variance += drift - shrink * variance²`.
struct Correction {
  float gain = 0;
  float shrink = 0;

  Correction(const Belief& belief, float expected, bool correct) {
    const float information = expected * (1 - expected);
    const float denominator = 1 + information * (belief.learner_variance + belief.concept_variance);
    gain = ((correct ? 1.0f : 0.0f) - expected) / denominator;
    shrink = information / denominator;
  }

  // `share` is the weight of this ability in the sum: 1 for the learner, 1/n for one of n concepts.
  template <class Mean, class Var>
  void Apply(Mean& mean, Var& variance, float share, float drift) const {
    const float spread = variance * share;
    mean = mean + gain * spread;
    variance = variance + drift - shrink * spread * spread;
  }
};

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ABILITY_FILTER_H_
