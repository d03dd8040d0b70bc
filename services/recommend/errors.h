#ifndef EDIRAE_SERVICES_RECOMMEND_ERRORS_H_
#define EDIRAE_SERVICES_RECOMMEND_ERRORS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/recommend/limits.h"

// The causes that callers of this service can branch on.
namespace edirae::recommend {

inline constexpr char kErrorDomain[] = "recommend.edirae";

inline absl::Status NoCatalogYet() {
  return MakeError(absl::StatusCode::kUnavailable, "NO_CATALOG_REVISION", "no catalog revision is loaded yet; retry");
}

inline absl::Status NoSuchRoadmap(const std::string& roadmap_id) {
  return MakeError(absl::StatusCode::kNotFound, "ROADMAP_NOT_FOUND",
                   absl::StrCat("there is no roadmap '", roadmap_id, "'"), {{"roadmap_id", roadmap_id}});
}

inline absl::Status BadMaxSuggestions(int value) {
  return MakeError(absl::StatusCode::kInvalidArgument, "OUT_OF_RANGE",
                   absl::StrCat("max_suggestions is ", value, "; it can be 0 to ", limits::kMaxSuggestions),
                   {{"field", "max_suggestions"}});
}

inline absl::Status BadResumeToken() {
  return MakeError(absl::StatusCode::kInvalidArgument, "MALFORMED_RESUME_TOKEN",
                   "resume_token is not one that this service gave out", {{"field", "resume_token"}});
}

inline absl::Status TooManyWatchers() {
  return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_WATCHERS",
                   "too many watch already; retry after a pause");
}

inline absl::Status WatchOver() {
  return MakeError(absl::StatusCode::kUnavailable, "WATCH_OVER",
                   "the watch ended; call again with the last resume token");
}

inline absl::Status TooManyLoads() {
  return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_COLD_LEARNERS",
                   "too many learners wait to be loaded; retry after a pause");
}

inline absl::Status StateUnavailable() {
  return MakeError(absl::StatusCode::kUnavailable, "STATE_UNAVAILABLE",
                   "the learner's state cannot be read now; retry");
}

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ERRORS_H_
