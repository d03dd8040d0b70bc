#include "gateway/rpc/criteria_methods.h"

#include "common/progress_rpc/criteria_rpc.h"
#include "common/rpc/call.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {

void AddCriteriaMethods(rpc::MethodClient& progress, Admission& calls, rpc::MethodTable& table) {
  table.Add(progress::kTryCriteria, PassOn(progress::kTryCriteria, &rpc::CheckMayTryCriteria, progress, calls));
}

}  // namespace edirae::gateway
