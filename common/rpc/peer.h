#ifndef EDIRAE_COMMON_RPC_PEER_H_
#define EDIRAE_COMMON_RPC_PEER_H_

#include <memory>
#include <string>

#include "common/rpc/method_client.h"
#include "common/rpc/method_table.h"
#include "grpcpp/channel.h"

namespace edirae::rpc {

// Another service as this one reaches it.
struct Peer {
  std::shared_ptr<grpc::Channel> channel;  // for streams and health
  const MethodTable* methods = nullptr;    // its unary methods when it runs in this process; must outlive whoever calls
};

// For the unary methods of `peer`: without gRPC when it is in this process, else over a batched stream that
// `service_token` opens.
std::unique_ptr<MethodClient> NewMethodClient(const Peer& peer, const std::string& service_token);

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_PEER_H_
