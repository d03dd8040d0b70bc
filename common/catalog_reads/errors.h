#ifndef EDIRAE_COMMON_CATALOG_READS_ERRORS_H_
#define EDIRAE_COMMON_CATALOG_READS_ERRORS_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"

// What a reader of the catalog can be told no for, with the stable reasons that programs branch on.
namespace edirae::catalog_reads {

// `reason` as in "ROADMAP_NOT_FOUND", `field` as in "roadmap_id".
inline absl::Status NotInCatalog(absl::string_view reason, absl::string_view field, absl::string_view id) {
  return MakeError(absl::StatusCode::kNotFound, reason, absl::StrCat("the catalog has no ", field, " '", id, "'"),
                   {{std::string(field), std::string(id)}});
}

inline absl::Status RequestTooLarge(size_t max) {
  return MakeError(absl::StatusCode::kInvalidArgument, "REQUEST_TOO_LARGE",
                   absl::StrCat("a request has at most ", max, " bytes"), {{"limit", absl::StrCat(max)}});
}

inline absl::Status IfRevisionChangedNegative() {
  return MakeError(absl::StatusCode::kInvalidArgument, "IF_REVISION_CHANGED_INVALID",
                   "if_revision_changed is the catalog_revision of an answer, or 0");
}

// `problem` says what is wrong with it.
inline absl::Status ReadMaskInvalid(absl::string_view path, absl::string_view problem) {
  return MakeError(absl::StatusCode::kInvalidArgument, "READ_MASK_INVALID",
                   absl::StrCat("read_mask: path '", path, "' ", problem), {{"path", std::string(path)}});
}

inline absl::Status SearchKindUnknown(int kind) {
  return MakeError(absl::StatusCode::kInvalidArgument, "SEARCH_KIND_UNKNOWN",
                   absl::StrCat("kinds: there is no kind ", kind, " to search for"));
}

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_ERRORS_H_
