#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_KEY_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_KEY_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "xxhash.h"

namespace edirae::progress {

// XXH64 of an author's id: 8 bytes instead of a string in every learner state. `ContentIndex` refuses a revision in
// which two ids of concepts, questions or stages share a key, so that a key stands for one thing. Of a mentor's id,
// where two that share one by chance would be taken for the same mentor.
using Key = uint64_t;

inline Key KeyOf(absl::string_view id) { return XXH64(id.data(), id.size(), 0); }

// Stage ids are unique only inside their roadmap.
inline Key KeyOfStage(absl::string_view roadmap_id, absl::string_view stage_id) {
  return XXH64(stage_id.data(), stage_id.size(), KeyOf(roadmap_id));
}

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_KEY_H_
