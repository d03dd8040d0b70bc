#ifndef EDIRAE_COMMON_CATALOG_FEED_LIMITS_H_
#define EDIRAE_COMMON_CATALOG_FEED_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

// Every bound of following the catalog.
namespace edirae::catalog_feed::limits {

inline constexpr size_t kMaxRevisionBytes = 256 * 1024 * 1024;    // of the parts of one revision together
inline constexpr size_t kMaxElements = 2'000'000;                 // of one list
inline constexpr absl::Duration kMaxSilence = absl::Seconds(30);  // three heartbeats; then the stream counts as dead
inline constexpr absl::Duration kFirstBackoff = absl::Milliseconds(100);
inline constexpr absl::Duration kMaxBackoff = absl::Seconds(5);

}  // namespace edirae::catalog_feed::limits

#endif  // EDIRAE_COMMON_CATALOG_FEED_LIMITS_H_
