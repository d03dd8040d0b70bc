#ifndef EDIRAE_GATEWAY_CLIENTS_HEALTH_H_
#define EDIRAE_GATEWAY_CLIENTS_HEALTH_H_

#include <memory>

#include "absl/time/time.h"
#include "grpcpp/channel.h"

namespace edirae::gateway {

// Whether the service on the channel says through the standard health service that it is ready. Blocks for at most
// `timeout`.
bool SaysReady(const std::shared_ptr<grpc::Channel>& channel, absl::Duration timeout);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_CLIENTS_HEALTH_H_
