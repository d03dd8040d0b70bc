#include "services/progress/domain/refusal.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace edirae::progress {

absl::Status NotInCatalog(const char* reason, absl::string_view field, const std::string& id) {
  return MakeError(absl::StatusCode::kNotFound, reason, absl::StrCat("the catalog has no ", field, " '", id, "'"),
                   {{std::string(field), id}});
}

absl::Status Invalid(const char* reason, absl::string_view message, absl::string_view field) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, message, {{"field", std::string(field)}});
}

}  // namespace edirae::progress
