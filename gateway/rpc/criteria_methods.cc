#include "gateway/rpc/criteria_methods.h"

#include "common/progress_rpc/criteria_rpc.h"
#include "common/rpc/call.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {
namespace {

absl::Status MayTryCriteria(const identity::v1::Principal& caller) {
  return caller.role() == identity::v1::ROLE_ADMIN ? absl::OkStatus() : rpc::CheckMayAuthor(caller);
}

}  // namespace

void AddCriteriaMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table) {
  table.Add(progress::kTryCriteria, PassOn(progress::kTryCriteria, &MayTryCriteria, progress, calls));
}

}  // namespace edirae::gateway
