#include "gateway/testing/fake_backend.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/testing/free_port.h"

namespace edirae::gateway::testing {

void FakeBackend::Start(const std::vector<grpc::Service*>& more, bool ready, int port) {
  std::vector<grpc::Service*> services = more;
  services.push_back(&mux_);
  // Not a port that gRPC picks: while a fake is away, a client of anybody could be given such a port as its own end.
  if (port == 0) port = edirae::testing::FreePort();
  auto server =
      rpc::Server::Start({.listen = absl::StrCat("127.0.0.1:", port), .drain_delay = absl::ZeroDuration()}, services);
  if (!server.ok()) {
    log::Error("fake service cannot start", {{"error", server.status()}});
    std::abort();
  }
  server_ = *std::move(server);
  server_->SetReady(ready);
}

}  // namespace edirae::gateway::testing
