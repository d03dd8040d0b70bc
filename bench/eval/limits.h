#ifndef EDIRAE_BENCH_EVAL_LIMITS_H_
#define EDIRAE_BENCH_EVAL_LIMITS_H_

#include <cstddef>

// Every bound on what the program reads.
namespace edirae::eval::limits {

inline constexpr size_t kMaxReviewLineBytes = 4096;
inline constexpr size_t kMaxReviews = 20'000'000;  // of one run with --fit, which keeps them

inline constexpr size_t kMaxStepsLineBytes = size_t{8} << 20;  // a curriculum of 10,000 concepts is about 1 MiB
inline constexpr size_t kMaxNameBytes = 256;                   // of a concept or learner
inline constexpr size_t kMaxConcepts = 100'000;
inline constexpr size_t kMaxLearners = 100'000;
inline constexpr double kMaxTimeDays = 1e7;

}  // namespace edirae::eval::limits

#endif  // EDIRAE_BENCH_EVAL_LIMITS_H_
