#include "services/progress/rpc/whom.h"

#include "common/ids/ids.h"
#include "common/status/macros.h"

namespace edirae::progress {

absl::StatusOr<std::string> WhomOf(const rpc::CallContext& context, const std::string& learner_id) {
  const bool oneself = learner_id.empty() && context.principal.role() != identity::v1::ROLE_SERVICE;
  const std::string& whom = oneself ? context.principal.subject() : learner_id;
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("learner_id", whom));
  if (context.principal.role() != identity::v1::ROLE_ADMIN) {
    EDIRAE_RETURN_IF_ERROR(rpc::CheckMayActFor(context.principal, whom));
  }
  return whom;
}

}  // namespace edirae::progress
