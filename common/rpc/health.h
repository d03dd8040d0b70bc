#ifndef EDIRAE_COMMON_RPC_HEALTH_H_
#define EDIRAE_COMMON_RPC_HEALTH_H_

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "grpcpp/channel.h"

namespace edirae::rpc {

// Whether the server on the channel says SERVING through the standard health service, for a name of server.h. Blocks
// for at most `timeout`.
bool SaysServing(const std::shared_ptr<grpc::Channel>& channel, const std::string& name, absl::Duration timeout);

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_HEALTH_H_
