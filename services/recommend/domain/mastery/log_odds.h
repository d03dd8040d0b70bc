#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_LOG_ODDS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_LOG_ODDS_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace edirae::recommend::mastery {

inline float Sigmoid(float log_odds) { return 1 / (1 + std::exp(-log_odds)); }

// The inverse, of a probability that is first moved into [margin, 1 - margin].
inline float Logit(float probability, float margin) {
  const float inside = std::clamp(probability, margin, 1 - margin);
  return std::log(inside / (1 - inside));
}

// ln(1 + n), how counts enter the model: the tenth answer says less than the first.
inline float LogOfCount(uint32_t n) {
  static const std::array<float, 1024> kLogs = [] {
    std::array<float, 1024> logs;
    for (size_t i = 0; i < logs.size(); ++i) logs[i] = std::log1p(static_cast<float>(i));
    return logs;
  }();
  return n < kLogs.size() ? kLogs[n] : std::log1p(static_cast<float>(n));
}

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_LOG_ODDS_H_
