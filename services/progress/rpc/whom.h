#ifndef EDIRAE_SERVICES_PROGRESS_RPC_WHOM_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_WHOM_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/call.h"

namespace edirae::progress {

// Whom a request is about that names `learner_id`: the caller when it names nobody, and anybody for services and
// administrators. PERMISSION_DENIED with reason OTHER_SUBJECT, INVALID_ARGUMENT for a malformed id.
absl::StatusOr<std::string> WhomOf(const rpc::CallContext& context, const std::string& learner_id);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_WHOM_H_
