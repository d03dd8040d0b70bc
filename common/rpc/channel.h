#ifndef EDIRAE_COMMON_RPC_CHANNEL_H_
#define EDIRAE_COMMON_RPC_CHANNEL_H_

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

namespace edirae::rpc {

// A channel between services: round robin over the replicas that say they are ready, name looked up again every second
// (the default of 30 s makes outages of rolling upgrades), keep-alive pings. `address` is host:port or a gRPC name such
// as `dns:///progress:7402`. Never blocks; connects when first used.
std::shared_ptr<grpc::Channel> NewChannel(const std::string& address);

// A channel of a client program: no health watching.
std::shared_ptr<grpc::Channel> NewClientChannel(const std::string& address);

// Waits until the server at `address` says it is ready. False when it does not within `patience`.
bool WaitUntilReady(const std::string& address, absl::Duration patience);

// Adds `authorization: Bearer <token>`.
void AddBearer(grpc::ClientContext& context, const std::string& token);

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_CHANNEL_H_
