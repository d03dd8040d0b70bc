#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_RATING_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_RATING_H_

namespace edirae::recommend::memory {

// How well something was recalled, as the learner says. The numbers are FSRS's, and stand in its formulas.
enum class Rating { kAgain = 1, kHard = 2, kGood = 3, kEasy = 4 };

inline constexpr int NumberOf(Rating rating) { return static_cast<int>(rating); }

}  // namespace edirae::recommend::memory

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MEMORY_RATING_H_
