// edirae-gateway: the only door for platform clients.
#include <CLI/CLI.hpp>
#include <cstdlib>

#include "common/clock/clock.h"
#include "common/config/settings.h"
#include "common/log/log.h"
#include "common/metrics/metrics.h"
#include "common/rpc/channel.h"
#include "common/rpc/shutdown_signal.h"
#include "gateway/service.h"
#include "gateway/settings.h"

namespace {

int Fail(const absl::Status& status) {
  edirae::log::Error("cannot start", {{"error", status}});
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace edirae;  // NOLINT(google-build-using-namespace): a program of its own
  rpc::ShutdownSignal shutdown;

  CLI::App app("The door for platform clients: authenticates, limits, aggregates and streams", "edirae-gateway");
  config::Settings settings(app);
  gateway::GatewaySettings values;
  gateway::Declare(values, settings);
  int exit_code = EXIT_SUCCESS;
  if (!config::ParseOrExplain(app, settings, argc, argv, exit_code)) return exit_code;
  if (const absl::Status status = log::Configure("gateway", values.log_level); !status.ok()) return Fail(status);
  log::Info("starting", {{"settings", settings.Describe()}});

  Metrics metrics;
  if (!values.metrics_listen.empty()) {
    if (const absl::Status status = metrics.Serve(values.metrics_listen); !status.ok()) return Fail(status);
  }
  const SystemClock clock;
  const auto service = gateway::GatewayService::Start(values, metrics, clock,
                                                      {.catalog = rpc::NewChannel(values.catalog_address),
                                                       .progress = rpc::NewChannel(values.progress_address),
                                                       .recommend = rpc::NewChannel(values.recommend_address)});
  if (!service.ok()) return Fail(service.status());
  log::Info("serving", {{"address", (*service)->server().address()}});

  const int signal = shutdown.Wait();
  log::Info("stopping", {{"signal", signal}});
  (*service)->Stop();
  return EXIT_SUCCESS;
}
