#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_OUTCOMES_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_OUTCOMES_H_

#include <cstdint>

namespace edirae::recommend::mastery {

// The newest outcomes, oldest first, as bits behind a leading one: 1 is none, 0b10 one wrong, 0b101 wrong then right.
// Small enough to be the index of a table: with up to n outcomes the value is below 2^(n+1).
using Outcomes = uint8_t;
inline constexpr Outcomes kNoOutcomes = 1;
inline constexpr int kKeptOutcomes = 6;

// The newest `count` of them.
constexpr Outcomes Newest(Outcomes outcomes, int count) {
  const int leading = 1 << count;
  return static_cast<Outcomes>(outcomes < 2 * leading ? outcomes : leading | (outcomes & (leading - 1)));
}

constexpr Outcomes Append(Outcomes outcomes, bool correct) {
  return static_cast<Outcomes>(Newest(outcomes, kKeptOutcomes - 1) << 1 | (correct ? 1 : 0));
}

// Whether the newest was right; false when there is none.
constexpr bool NewestIsRight(Outcomes outcomes) { return outcomes > 1 && (outcomes & 1) != 0; }

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_OUTCOMES_H_
