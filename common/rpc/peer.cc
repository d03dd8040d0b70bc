#include "common/rpc/peer.h"

#include "common/rpc/local_client.h"
#include "common/rpc/mux_client.h"

namespace edirae::rpc {

std::unique_ptr<MethodClient> NewMethodClient(const Peer& peer, const std::string& service_token) {
  if (peer.methods != nullptr) return std::make_unique<LocalClient>(*peer.methods);
  return std::make_unique<MuxClient>(peer.channel, service_token);
}

}  // namespace edirae::rpc
