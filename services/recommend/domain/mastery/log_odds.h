#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_LOG_ODDS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_LOG_ODDS_H_

#include <algorithm>
#include <cmath>

namespace edirae::recommend::mastery {

inline float Sigmoid(float log_odds) { return 1 / (1 + std::exp(-log_odds)); }

// The inverse, of a probability that is first moved into [margin, 1 - margin].
inline float Logit(float probability, float margin) {
  const float inside = std::clamp(probability, margin, 1 - margin);
  return std::log(inside / (1 - inside));
}

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_LOG_ODDS_H_
