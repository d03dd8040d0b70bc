#ifndef EDIRAE_COMMON_CATALOG_READS_LIMITS_H_
#define EDIRAE_COMMON_CATALOG_READS_LIMITS_H_

#include <cstddef>

// Every bound of reading the catalog.
namespace edirae::catalog_reads::limits {

inline constexpr size_t kMaxRequestBytes = 64 * 1024;  // of one serialized request

inline constexpr int kMaxMaskPaths = 64;
inline constexpr size_t kMaxMaskPathBytes = 200;
inline constexpr size_t kMaxMaskedAnswers = 1024;            // kept of one revision
inline constexpr size_t kMaxMaskedBytes = 16 * 1024 * 1024;  // that they take together

inline constexpr int kDefaultSearchPageSize = 10;
inline constexpr int kMaxSearchPageSize = 50;
inline constexpr int kSearchThreads = 2;

}  // namespace edirae::catalog_reads::limits

#endif  // EDIRAE_COMMON_CATALOG_READS_LIMITS_H_
