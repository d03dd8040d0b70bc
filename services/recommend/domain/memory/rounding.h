#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_ROUNDING_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_ROUNDING_H_

#include <cmath>

// Arithmetic that FSRS's reference programs share, bit for bit.
namespace edirae::recommend::memory {

// To the nearest whole number, halves upwards, as ECMAScript's Math.round. std::round takes halves away from zero.
inline double RoundHalfUp(double value) {
  const double below = std::floor(value);
  return value - below >= 0.5 ? below + 1 : below;
}

// FSRS keeps stabilities, difficulties and probabilities at eight decimals.
inline constexpr double kDecimals = 1e8;
inline double RoundTo8(double value) { return RoundHalfUp(value * kDecimals) / kDecimals; }

}  // namespace edirae::recommend::memory

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_ROUNDING_H_
