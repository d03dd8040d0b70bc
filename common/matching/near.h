#ifndef EDIRAE_COMMON_MATCHING_NEAR_H_
#define EDIRAE_COMMON_MATCHING_NEAR_H_

namespace edirae {

// Whether `value` and `target` differ by at most `tolerance`, rounding errors of 1e-9 of the larger of the two left
// aside. False when a number is not finite or the tolerance is negative.
bool IsNear(double value, double target, double tolerance);

}  // namespace edirae

#endif  // EDIRAE_COMMON_MATCHING_NEAR_H_
