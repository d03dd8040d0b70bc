#include "common/matching/near.h"

#include <algorithm>
#include <cmath>

namespace edirae {
namespace {

constexpr double kRounding = 1e-9;  // of the larger number

}  // namespace

bool IsNear(double value, double target, double tolerance) {
  if (!std::isfinite(value) || !std::isfinite(target) || !(tolerance >= 0)) return false;
  return std::abs(value - target) <= tolerance + kRounding * std::max(std::abs(value), std::abs(target));
}

}  // namespace edirae
