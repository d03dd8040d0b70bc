#ifndef EDIRAE_GATEWAY_RPC_HISTORY_METHODS_H_
#define EDIRAE_GATEWAY_RPC_HISTORY_METHODS_H_

#include "common/rpc/method_client.h"
#include "gateway/rpc/admission.h"

namespace edirae::gateway {

// Adds the methods of `HistoryService` and `TimeTravelService`: calls are passed on to progress as they are, which
// knows who may ask about whom. The references must outlive the table and its calls.
void AddHistoryMethods(rpc::MethodClient& progress, Admission& calls, rpc::MethodTable& table);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_HISTORY_METHODS_H_
