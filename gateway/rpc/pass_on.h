#ifndef EDIRAE_GATEWAY_RPC_PASS_ON_H_
#define EDIRAE_GATEWAY_RPC_PASS_ON_H_

#include <functional>

#include "common/rpc/method_client.h"
#include "common/rpc/method_table.h"
#include "gateway/rpc/admission.h"

namespace edirae::gateway {

// Whether the caller may call a method at all; the service behind it checks the request.
using MayCall = std::function<absl::Status(const identity::v1::Principal&)>;

// Everybody, about themselves: about whom it is, stands in the request, which the service reads.
absl::Status EverybodyMay(const identity::v1::Principal& caller);

// A handler that passes a request on to `service`, byte by byte, for a caller who has a place in `calls`. `method` is
// its name here and there. The references must outlive the handler. `ask` makes the call.
using AskService = std::function<void(const rpc::CallContext& context, std::string request, rpc::Done done)>;
rpc::Handler PassOn(MayCall may_call, Admission& calls, AskService ask);
rpc::Handler PassOn(const char* method, MayCall may_call, rpc::MethodClient& service, Admission& calls);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_PASS_ON_H_
