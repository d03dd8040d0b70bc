#ifndef EDIRAE_SERVICES_CATALOG_ERRORS_H_
#define EDIRAE_SERVICES_CATALOG_ERRORS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"

// What the catalog can say no to, with the stable reasons that programs branch on.
namespace edirae::catalog::errors {

inline constexpr char kDomain[] = "catalog.edirae";

inline absl::Status NoRevision() {
  return MakeError(absl::StatusCode::kUnavailable, "NO_REVISION", "no revision is published yet; try again soon");
}

inline absl::Status BadHeldRevision() {
  return MakeError(absl::StatusCode::kInvalidArgument, "BAD_HELD_REVISION", "held_revision must not be negative");
}

inline absl::Status TooManyWatchers() {
  return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_WATCHERS",
                   "too many callers watch revisions; try again later");
}

inline absl::Status Stopping() {
  return MakeError(absl::StatusCode::kUnavailable, "STOPPING",
                   "the server stops; call again with the last revision held");
}

}  // namespace edirae::catalog::errors

#endif  // EDIRAE_SERVICES_CATALOG_ERRORS_H_
