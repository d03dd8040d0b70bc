#ifndef EDIRAE_SERVICES_PROGRESS_RPC_PAGE_TOKEN_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace edirae::progress {

// A token that continues behind `seq` of a learner's history; opaque to its holder, and good for this learner only.
std::string MakePageToken(const std::string& learner_id, int64_t seq);

// INVALID_ARGUMENT with reason BAD_PAGE_TOKEN for a token that was not made for this learner.
absl::StatusOr<int64_t> ParsePageToken(const std::string& learner_id, const std::string& token);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_PAGE_TOKEN_H_
