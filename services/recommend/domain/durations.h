#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_DURATIONS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_DURATIONS_H_

#include <cstdint>

namespace edirae::recommend {

inline constexpr int64_t kHourMs = int64_t{60} * 60 * 1000;
inline constexpr int64_t kDayMs = 24 * kHourMs;

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_DURATIONS_H_
