// edirae-gateway: the only door for platform clients.
#include <utility>
#include <vector>

#include "common/program/run.h"
#include "common/rpc/channel.h"
#include "gateway/service.h"
#include "gateway/settings.h"

int main(int argc, char** argv) {
  using namespace edirae;  // NOLINT(google-build-using-namespace): a program of its own
  return program::Run<gateway::GatewaySettings>(
      argc, argv, "gateway", "The door for platform clients: authenticates, limits, aggregates and streams",
      [](const gateway::GatewaySettings& settings, Metrics& metrics, const Clock& clock) {
        std::vector<rpc::Peer> recommend;
        for (const std::string& address : settings.RecommendAddresses()) {
          recommend.push_back({.channel = rpc::NewChannel(address)});
        }
        return gateway::GatewayService::Start(settings, metrics, clock,
                                              {.catalog = {.channel = rpc::NewChannel(settings.catalog_address)},
                                               .progress = {.channel = rpc::NewChannel(settings.progress_address)},
                                               .recommend = std::move(recommend)});
      });
}
