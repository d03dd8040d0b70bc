#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_MODEL_UPDATE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_MODEL_UPDATE_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

// What the models of belief.h have in common.
namespace edirae::recommend::steps {

inline constexpr double kRate = 0.214;  // of learning, by a right answer
inline constexpr double kUnit = std::numeric_limits<uint16_t>::max();

// What one model made of an answer.
struct Updated {
  float log_chance;  // that it gave to the answer
  double strength;   // expected afterwards
};

// As exact as what it is added to, and half as dear as a double's.
inline float LogOf(double chance) { return std::log(static_cast<float>(std::max(chance, 1e-6))); }

}  // namespace edirae::recommend::steps

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_MODEL_UPDATE_H_
