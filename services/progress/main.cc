// edirae-progress: keeps the ledger of what learners did, grades it, and decides who may advance.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "common/clock/clock.h"
#include "common/config/settings.h"
#include "common/log/log.h"
#include "common/metrics/metrics.h"
#include "common/rpc/channel.h"
#include "common/rpc/shutdown_signal.h"
#include "services/progress/service.h"
#include "services/progress/settings.h"

namespace {

int Fail(const absl::Status& status) {
  edirae::log::Error("cannot start", {{"error", status}});
  std::cerr << status.message() << std::endl;
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace edirae;  // NOLINT(google-build-using-namespace): a program of its own
  rpc::ShutdownSignal shutdown;

  CLI::App app("The ledger: records and grades what learners do, and decides who may advance", "edirae-progress");
  config::Settings settings(app);
  progress::ProgressSettings values;
  values.Declare(settings);
  int exit_code = EXIT_SUCCESS;
  if (!config::ParseOrExplain(app, settings, argc, argv, exit_code)) return exit_code;
  if (const absl::Status status = log::Configure("progress", values.log_level); !status.ok()) return Fail(status);
  log::Info("starting", {{"settings", settings.Describe()}});

  Metrics metrics;
  if (!values.metrics_listen.empty()) {
    if (const absl::Status status = metrics.Serve(values.metrics_listen); !status.ok()) return Fail(status);
  }
  const SystemClock clock;
  const auto service =
      progress::ProgressService::Start(values, metrics, clock, rpc::NewChannel(values.catalog_address));
  if (!service.ok()) return Fail(service.status());
  log::Info("serving", {{"address", (*service)->server().address()}});

  const int signal = shutdown.Wait();
  log::Info("stopping", {{"signal", signal}});
  (*service)->Stop();
  return EXIT_SUCCESS;
}
