#ifndef EDIRAE_GATEWAY_TESTING_FAKE_BACKEND_H_
#define EDIRAE_GATEWAY_TESTING_FAKE_BACKEND_H_

#include <memory>
#include <string>
#include <vector>

#include "common/metrics/metrics.h"
#include "common/rpc/authenticator.h"
#include "common/rpc/method_table.h"
#include "common/rpc/mux_server.h"
#include "common/rpc/server.h"

namespace edirae::gateway::testing {

inline constexpr char kServiceToken[] = "service-token-of-thirty-two-bytes-or-more";

// A real server in place of a service behind the gateway, with the batched stream and health of the real ones.
class FakeBackend {
 public:
  explicit FakeBackend(const std::string& domain) : methods_(domain, metrics_), mux_(methods_, authenticator_) {}

  // On a free port; with `port`, on that one. `ready` is what its health says.
  void Start(const std::vector<grpc::Service*>& more, bool ready = true, int port = 0);
  // Ends at once, with everything that is under way.
  void Kill() { server_.reset(); }

  rpc::Server& server() const { return *server_; }
  rpc::MethodTable& methods() { return methods_; }
  const rpc::Authenticator& authenticator() const { return authenticator_; }

 private:
  Metrics metrics_;
  rpc::ServiceAuthenticator authenticator_{kServiceToken};
  rpc::MethodTable methods_;
  rpc::MuxServer mux_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace edirae::gateway::testing

#endif  // EDIRAE_GATEWAY_TESTING_FAKE_BACKEND_H_
