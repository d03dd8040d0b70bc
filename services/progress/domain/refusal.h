#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_REFUSAL_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_REFUSAL_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace edirae::progress {

// NOT_FOUND: the catalog has nothing with this id, which is the value of `field`.
absl::Status NotInCatalog(const char* reason, absl::string_view field, const std::string& id);
absl::Status NoSuchStage(const std::string& roadmap_id, const std::string& stage_id);

// INVALID_ARGUMENT because of `field`.
absl::Status Invalid(const char* reason, absl::string_view message, absl::string_view field);

// FAILED_PRECONDITION: the action is well formed, and not at this time.
absl::Status NotNow(const char* reason, absl::string_view message, absl::string_view field, const std::string& id);

// OK for plain text of at most `max_bytes`, the value of `field`.
absl::Status CheckLength(absl::string_view field, absl::string_view text, size_t max_bytes);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_REFUSAL_H_
