#ifndef EDIRAE_COMMON_RPC_METHOD_CLIENT_H_
#define EDIRAE_COMMON_RPC_METHOD_CLIENT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/rpc/call.h"

namespace edirae::rpc {

// Makes unary calls to the method table of another service, wherever that runs. Thread-safe.
class MethodClient {
 public:
  MethodClient() = default;
  MethodClient(const MethodClient&) = delete;
  MethodClient& operator=(const MethodClient&) = delete;
  // Completes what is unanswered with UNAVAILABLE.
  virtual ~MethodClient() = default;

  // Calls `method` for `context.principal`. `done` gets the serialized response or the service's own error;
  // DEADLINE_EXCEEDED at `context.deadline`; RESOURCE_EXHAUSTED when limits::kMaxUnanswered calls are unanswered;
  // UNAVAILABLE when the service cannot be reached. It may run before this returns, and must not block.
  virtual void Call(absl::string_view method, const CallContext& context, std::string request, Done done) = 0;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_METHOD_CLIENT_H_
