#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_ID_HASH_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_ID_HASH_H_

#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"
#include "xxhash.h"

namespace edirae::progress {

// 128 bits that stand for an id in memory: no two ids share them.
using IdHash = std::pair<uint64_t, uint64_t>;

inline IdHash IdHashOf(absl::string_view learner_id) {
  const XXH128_hash_t hash = XXH3_128bits(learner_id.data(), learner_id.size());
  return {hash.high64, hash.low64};
}

// Of a learner's request.
inline IdHash IdHashOf(absl::string_view learner_id, absl::string_view request_id) {
  const uint64_t learner = XXH3_64bits(learner_id.data(), learner_id.size());
  const XXH128_hash_t hash = XXH3_128bits_withSeed(request_id.data(), request_id.size(), learner);
  return {hash.high64 ^ learner, hash.low64};
}

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_ID_HASH_H_
