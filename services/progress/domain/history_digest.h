#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_HISTORY_DIGEST_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_HISTORY_DIGEST_H_

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/mentor_acts.h"
#include "xxhash.h"

namespace edirae::progress {

// The digest of what was before and these bytes behind it; 0 is that of nothing.
inline uint64_t DigestAfter(uint64_t before, absl::string_view bytes) {
  return XXH64(bytes.data(), bytes.size(), before);
}

// The digest of a history that goes on with an event, of which `payload` is the serialized form, as `HistoryDigest` in
// the contract defines it: a mentor's name is left out, so that it stays the same when they are erased.
inline uint64_t DigestAfter(uint64_t before, const events::v1::LearnerEvent& event, absl::string_view payload) {
  if (MentorOf(event).empty()) return DigestAfter(before, payload);
  events::v1::LearnerEvent nameless = event;
  RenameMentor(nameless, "");
  return DigestAfter(before, nameless.SerializeAsString());
}

// As the contract writes it.
inline std::string DigestText(uint64_t digest) { return absl::StrCat(absl::Hex(digest, absl::kZeroPad16)); }

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_HISTORY_DIGEST_H_
