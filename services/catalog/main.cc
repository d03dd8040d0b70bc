// edirae-catalog: loads content, and serves it to the other services.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "common/clock/clock.h"
#include "common/config/settings.h"
#include "common/log/log.h"
#include "common/metrics/metrics.h"
#include "common/rpc/shutdown_signal.h"
#include "services/catalog/service.h"
#include "services/catalog/settings.h"

namespace {

// An author reads the findings: they go out as plain lines, too.
int Fail(const absl::Status& status) {
  edirae::log::Error("cannot start", {{"error", status}});
  std::cerr << status.message() << std::endl;
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace edirae;  // NOLINT(google-build-using-namespace): a program of its own
  rpc::ShutdownSignal shutdown;

  CLI::App app("What can be learned and what proves it: loads, validates and serves content", "edirae-catalog");
  config::Settings settings(app);
  catalog::CatalogSettings values;
  catalog::Declare(values, settings);
  int exit_code = EXIT_SUCCESS;
  if (!config::ParseOrExplain(app, settings, argc, argv, exit_code)) return exit_code;
  if (const absl::Status status = log::Configure("catalog", values.log_level); !status.ok()) return Fail(status);
  log::Info("starting", {{"settings", settings.Describe()}});

  Metrics metrics;
  if (!values.metrics_listen.empty()) {
    if (const absl::Status status = metrics.Serve(values.metrics_listen); !status.ok()) return Fail(status);
  }
  const SystemClock clock;
  const auto service = catalog::CatalogService::Start(values, metrics, clock);
  if (!service.ok()) return Fail(service.status());
  log::Info("serving", {{"address", (*service)->server().address()}});

  const int signal = shutdown.Wait();
  log::Info("stopping", {{"signal", signal}});
  (*service)->Stop();
  return EXIT_SUCCESS;
}
