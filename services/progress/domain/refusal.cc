#include "services/progress/domain/refusal.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/progress/errors.h"

namespace edirae::progress {

absl::Status NotInCatalog(const char* reason, absl::string_view field, const std::string& id) {
  return MakeError(absl::StatusCode::kNotFound, reason, absl::StrCat("the catalog has no ", field, " '", id, "'"),
                   {{std::string(field), id}});
}

absl::Status NoSuchStage(const std::string& roadmap_id, const std::string& stage_id) {
  return MakeError(absl::StatusCode::kNotFound, reason::kStageNotFound,
                   absl::StrCat("the roadmap '", roadmap_id, "' has no stage '", stage_id, "'"),
                   {{"stage_id", stage_id}});
}

absl::Status Invalid(const char* reason, absl::string_view message, absl::string_view field) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, message, {{"field", std::string(field)}});
}

absl::Status NotNow(const char* reason, absl::string_view message, absl::string_view field, const std::string& id) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, message, {{std::string(field), id}});
}

absl::Status CheckLength(absl::string_view field, absl::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return absl::OkStatus();
  return Invalid(reason::kTextTooLong, absl::StrCat(field, " is longer than ", max_bytes, " bytes"), field);
}

}  // namespace edirae::progress
