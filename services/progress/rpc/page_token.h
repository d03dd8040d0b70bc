#ifndef EDIRAE_SERVICES_PROGRESS_RPC_PAGE_TOKEN_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "services/progress/domain/history.h"

namespace edirae::progress {

// A token that continues behind `seq` of a learner's history; opaque to its holder, and good for this learner only.
std::string MakePageToken(const std::string& learner_id, int64_t seq);

// INVALID_ARGUMENT with reason BAD_PAGE_TOKEN for a token that was not made for this learner.
absl::StatusOr<int64_t> ParsePageToken(const std::string& learner_id, const std::string& token);

// The same for the next part of an export.
std::string MakeExportToken(const ExportPlace& place);

// INVALID_ARGUMENT with reason BAD_PAGE_TOKEN for what is no token of an export.
absl::StatusOr<ExportPlace> ParseExportToken(const std::string& token);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_PAGE_TOKEN_H_
