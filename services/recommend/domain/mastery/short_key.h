#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_SHORT_KEY_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_SHORT_KEY_H_

#include <cstdint>

namespace edirae::recommend::mastery {

// How a learner's state names an item or a concept: 32 bits of its key. Two of one learner's 1,000 items meet once in
// 8,600 learners, and then share a history.
using ShortKey = uint32_t;
inline constexpr ShortKey kNoKey = 0;

constexpr ShortKey ShortKeyOf(uint64_t key) {
  const auto folded = static_cast<ShortKey>(key ^ key >> 32);
  return folded == kNoKey ? 1 : folded;
}

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_SHORT_KEY_H_
