// edirae-gateway: the only door for platform clients.
#include "common/program/run.h"
#include "common/rpc/channel.h"
#include "gateway/service.h"
#include "gateway/settings.h"

int main(int argc, char** argv) {
  using namespace edirae;  // NOLINT(google-build-using-namespace): a program of its own
  return program::Run<gateway::GatewaySettings>(
      argc, argv, "gateway", "The door for platform clients: authenticates, limits, aggregates and streams",
      [](const gateway::GatewaySettings& settings, Metrics& metrics, const Clock& clock) {
        return gateway::GatewayService::Start(settings, metrics, clock,
                                              {.catalog = rpc::NewChannel(settings.catalog_address),
                                               .progress = rpc::NewChannel(settings.progress_address),
                                               .recommend = rpc::NewChannel(settings.recommend_address)});
      });
}
