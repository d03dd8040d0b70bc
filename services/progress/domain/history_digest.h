#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_HISTORY_DIGEST_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_HISTORY_DIGEST_H_

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "xxhash.h"

namespace edirae::progress {

// The digest of a history that goes on with the event of these bytes, as `HistoryDigest` in the contract defines it;
// `before` is that of the history without it, 0 of no event.
inline uint64_t DigestAfter(uint64_t before, absl::string_view payload) {
  return XXH64(payload.data(), payload.size(), before);
}

// As the contract writes it.
inline std::string DigestText(uint64_t digest) { return absl::StrCat(absl::Hex(digest, absl::kZeroPad16)); }

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_HISTORY_DIGEST_H_
