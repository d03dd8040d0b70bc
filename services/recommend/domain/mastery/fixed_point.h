#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIXED_POINT_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIXED_POINT_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace edirae::recommend::mastery {

// A number in two bytes, in steps of 1/kSteps, clamped to what fits: states keep many, and the same bytes mean the same
// on every machine. NaN is kept as 0.
template <class Bits, int kSteps>
class FixedPoint {
 public:
  static constexpr float kMin = static_cast<float>(std::numeric_limits<Bits>::min()) / kSteps;
  static constexpr float kMax = static_cast<float>(std::numeric_limits<Bits>::max()) / kSteps;

  constexpr FixedPoint() = default;
  explicit FixedPoint(float value) { *this = value; }
  FixedPoint& operator=(float value) {
    const float steps = (value > kMin ? (value < kMax ? value : kMax) : (value <= kMin ? kMin : 0.0f)) * kSteps;
    bits_ = static_cast<Bits>(static_cast<int32_t>(steps + (steps < 0 ? -0.5f : 0.5f)));
    return *this;
  }
  // NOLINTNEXTLINE(google-explicit-constructor): it is a number
  constexpr operator float() const { return static_cast<float>(bits_) * (1.0f / kSteps); }

  friend bool operator==(const FixedPoint&, const FixedPoint&) = default;

 private:
  Bits bits_ = 0;
};

using LogOdds = FixedPoint<int16_t, 4096>;     // -8 to 8
using Variance = FixedPoint<uint16_t, 32768>;  // 0 to 2, of log-odds
using Tendency = FixedPoint<int16_t, 32767>;   // -1 (always wrong) to 1 (always right)

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIXED_POINT_H_
