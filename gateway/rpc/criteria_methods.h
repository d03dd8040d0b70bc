#ifndef EDIRAE_GATEWAY_RPC_CRITERIA_METHODS_H_
#define EDIRAE_GATEWAY_RPC_CRITERIA_METHODS_H_

#include "common/rpc/method_client.h"
#include "gateway/rpc/admission.h"

namespace edirae::gateway {

// Adds the methods of `CriteriaService`: calls of authors and administrators are passed on to progress as they are.
// PERMISSION_DENIED with reason AUTHORS_ONLY for anyone else. The references must outlive the table and its calls.
void AddCriteriaMethods(rpc::MethodClient& progress, Admission& calls, rpc::MethodTable& table);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_CRITERIA_METHODS_H_
