#ifndef EDIRAE_GATEWAY_RPC_MENTOR_METHODS_H_
#define EDIRAE_GATEWAY_RPC_MENTOR_METHODS_H_

#include "common/rpc/method_client.h"
#include "gateway/rpc/admission.h"

namespace edirae::gateway {

// Adds the methods of `MentorService`: mentors' calls are passed on to progress as they are. PERMISSION_DENIED with
// reason MENTORS_ONLY for anyone else. The references must outlive the table and its calls.
void AddMentorMethods(rpc::MethodClient& progress, Admission& calls, rpc::MethodTable& table);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_MENTOR_METHODS_H_
