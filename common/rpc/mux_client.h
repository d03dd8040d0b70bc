#ifndef EDIRAE_COMMON_RPC_MUX_CLIENT_H_
#define EDIRAE_COMMON_RPC_MUX_CLIENT_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "common/rpc/method_client.h"
#include "grpcpp/channel.h"

namespace edirae::rpc {

// Makes unary calls over one long-lived batched stream, which it opens when first needed and opens again when it
// breaks.
class MuxClient final : public MethodClient {
 public:
  // `service_token` proves this service to the other.
  MuxClient(std::shared_ptr<grpc::Channel> channel, std::string service_token);
  ~MuxClient() override;

  // `done` also gets UNAVAILABLE when the stream breaks: the outcome is unknown then. It runs on a gRPC thread or on
  // the caller's.
  void Call(absl::string_view method, const CallContext& context, std::string request, Done done) override;

 private:
  class Link;
  std::shared_ptr<Link> link_;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_MUX_CLIENT_H_
