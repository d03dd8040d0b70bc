#ifndef EDIRAE_COMMON_PROGRAM_RUN_H_
#define EDIRAE_COMMON_PROGRAM_RUN_H_

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <string>

#include "common/clock/clock.h"
#include "common/config/environment.h"
#include "common/config/exit_code.h"
#include "common/config/settings.h"
#include "common/log/log.h"
#include "common/metrics/metrics.h"
#include "common/process/absl_mutexes.h"
#include "common/process/this_thread.h"
#include "common/rpc/grpc_log.h"
#include "common/rpc/shutdown_signal.h"

// The life of a program that is one service: settings, log, metrics, service, wait, drain.
namespace edirae::program {

// Logs why a program cannot start, says it to a person too, and returns the exit code.
inline int Fail(const absl::Status& status) {
  log::Error("cannot start", {{"error", status}});
  std::cerr << std::string(status.message()) << "\n";
  return config::ExitCode(status);
}

// Runs the program `edirae-<service>` until SIGINT or SIGTERM and returns its exit code: 0 after a clean stop, 64 for
// wrong settings, and what config::ExitCode says when it cannot start. Call it first thing in main, before any thread.
//
// `Settings` declares itself and has `log_level` and `metrics_listen`. `start(settings, metrics, clock)` returns a
// StatusOr<unique_ptr> of an object with `server()` and `Stop()`.
template <class Settings, class Start>
int Run(int argc, char** argv, const std::string& service, const std::string& description, Start start) {
  process::LockAbslMutexesUnchecked();
  process::InterruptNobody();
  rpc::ShutdownSignal shutdown;
  CLI::App app(description, "edirae-" + service);
  app.footer(config::kServerExitCodes);
  config::Settings declared(app);
  Settings settings;
  settings.Declare(declared);
  int exit_code = EXIT_SUCCESS;
  if (!config::ParseOrExplain(app, declared, argc, argv, exit_code)) return exit_code;
  if (const absl::Status status = log::Configure(service, settings.log_level); !status.ok()) return Fail(status);
  rpc::LogGrpc();
  log::Info("starting", {{"settings", declared.Describe()}});
  for (const auto& variable : config::UnknownVariables(app)) log::Warn(config::ToWarning(variable));

  Metrics metrics;
  if (!settings.metrics_listen.empty()) {
    if (const absl::Status status = metrics.Serve(settings.metrics_listen); !status.ok()) return Fail(status);
  }
  const SystemClock clock;
  const auto running = start(settings, metrics, clock);
  if (!running.ok()) return Fail(running.status());
  log::Info("serving", {{"address", (*running)->server().address()}});

  const int signal = shutdown.Wait();
  log::Info("stopping", {{"signal", signal}});
  (*running)->Stop();
  log::Info("stopped");
  return EXIT_SUCCESS;
}

}  // namespace edirae::program

#endif  // EDIRAE_COMMON_PROGRAM_RUN_H_
