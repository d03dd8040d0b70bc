#ifndef EDIRAE_GATEWAY_AGGREGATE_RESUME_POINT_H_
#define EDIRAE_GATEWAY_AGGREGATE_RESUME_POINT_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace edirae::gateway {

// What a watcher of a home has seen. The default has seen nothing.
struct ResumePoint {
  int64_t as_of_seq = -1;    // of the progress seen; an earlier one is not sent any more
  uint64_t fingerprint = 0;  // of the home seen; the same one is not sent again
};

// An opaque token that gives the point back for the same learner and roadmap only.
std::string ToToken(const ResumePoint& point, absl::string_view learner_id, absl::string_view roadmap_id);

// The default point for an empty token. INVALID_ARGUMENT with reason RESUME_TOKEN_INVALID when it was not made for
// them.
absl::StatusOr<ResumePoint> FromToken(absl::string_view token, absl::string_view learner_id,
                                      absl::string_view roadmap_id);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_AGGREGATE_RESUME_POINT_H_
