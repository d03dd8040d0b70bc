#ifndef EDIRAE_SERVICES_CATALOG_RPC_PAGE_TOKEN_H_
#define EDIRAE_SERVICES_CATALOG_RPC_PAGE_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace edirae::catalog {

// Page tokens name the last entry of the page before, not its place: they go on working when a new revision adds or
// moves entries. `list` names the list, e.g. "ListQuestions/gradient-descent"; a token is good for that list only.
std::string EncodePageToken(absl::string_view list, absl::string_view last_id);

// The id in a token. INVALID_ARGUMENT with reason BAD_PAGE_TOKEN for one that `EncodePageToken` did not make for
// `list`.
absl::StatusOr<std::string> DecodePageToken(absl::string_view list, absl::string_view token);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_PAGE_TOKEN_H_
