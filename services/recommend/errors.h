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

inline absl::Status NoSuchConcept(const std::string& roadmap_id, const std::string& concept_id) {
  return MakeError(absl::StatusCode::kNotFound, "CONCEPT_NOT_FOUND",
                   absl::StrCat("the roadmap '", roadmap_id, "' has no concept '", concept_id, "'"),
                   {{"concept_id", concept_id}});
}

inline absl::Status NoSuchQuestion(const std::string& roadmap_id, const std::string& question_id) {
  return MakeError(absl::StatusCode::kNotFound, "QUESTION_NOT_FOUND",
                   absl::StrCat("the roadmap '", roadmap_id, "' has no question '", question_id, "'"),
                   {{"question_id", question_id}});
}

inline absl::Status NoSuchCareer(const std::string& career_id) {
  return MakeError(absl::StatusCode::kNotFound, "CAREER_NOT_FOUND",
                   absl::StrCat("the roadmap leads to no career '", career_id, "'"), {{"career_id", career_id}});
}

inline absl::Status NoGoal() {
  return MakeError(absl::StatusCode::kFailedPrecondition, "NO_GOAL",
                   "no goal is kept on this roadmap: set one, or propose hours a week");
}

// `what` says what is wrong with the field and what it can be.
inline absl::Status OutOfRange(const std::string& field, absl::string_view what) {
  return MakeError(absl::StatusCode::kInvalidArgument, "OUT_OF_RANGE", absl::StrCat(field, " ", what),
                   {{"field", field}});
}

inline absl::Status BadMaxSuggestions(int value) {
  return OutOfRange("max_suggestions", absl::StrCat("is ", value, "; it can be 0 to ", limits::kMaxSuggestions));
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
