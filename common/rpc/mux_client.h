#ifndef EDIRAE_COMMON_RPC_MUX_CLIENT_H_
#define EDIRAE_COMMON_RPC_MUX_CLIENT_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "common/rpc/call.h"
#include "grpcpp/channel.h"

namespace edirae::rpc {

// Makes unary calls over one long-lived batched stream, which it opens when first needed and opens again when it
// breaks. Thread-safe. The destructor ends the stream and completes what is unanswered with UNAVAILABLE.
class MuxClient {
 public:
  // `service_token` proves this service to the other.
  MuxClient(std::shared_ptr<grpc::Channel> channel, std::string service_token);
  ~MuxClient();

  // Calls `method` for `context.principal`. `done` gets the serialized response; DEADLINE_EXCEEDED at
  // `context.deadline`; UNAVAILABLE when the stream breaks (the outcome is unknown then) or cannot be opened;
  // RESOURCE_EXHAUSTED when too many calls are unanswered. `done` runs on a gRPC thread or on the caller's and must not
  // block.
  void Call(absl::string_view method, const CallContext& context, std::string request, Done done);

 private:
  class Link;
  std::shared_ptr<Link> link_;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_MUX_CLIENT_H_
