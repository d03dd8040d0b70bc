#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_PREFETCH_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_PREFETCH_H_

namespace edirae::recommend::mastery {

inline constexpr int kFloatsOfCacheLine = 16;

// Has the processor fetch what is going to be read soon. Tables of many items are larger than its caches.
inline void Prefetch(const float& number) { __builtin_prefetch(&number); }

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_PREFETCH_H_
