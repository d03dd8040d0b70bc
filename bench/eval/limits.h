#ifndef EDIRAE_BENCH_EVAL_LIMITS_H_
#define EDIRAE_BENCH_EVAL_LIMITS_H_

#include <cstddef>

// Every bound on what the program reads.
namespace edirae::eval::limits {

inline constexpr size_t kMaxReviewLineBytes = 4096;
inline constexpr size_t kMaxReviews = 20'000'000;  // of one run with --fit, which keeps them

}  // namespace edirae::eval::limits

#endif  // EDIRAE_BENCH_EVAL_LIMITS_H_
