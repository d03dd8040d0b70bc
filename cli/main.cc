// The program `edirae`: the whole platform in one process, and the client for a terminal.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string_view>

#include "cli/catalog/catalog_commands.h"
#include "cli/client/commands.h"
#include "cli/client/error_json.h"
#include "cli/ledger/dump_command.h"
#include "cli/ledger/rebuild_command.h"
#include "cli/serve/serve_command.h"
#include "common/config/environment.h"
#include "common/config/exit_code.h"
#include "common/log/log.h"
#include "common/process/absl_mutexes.h"
#include "common/process/this_thread.h"
#include "common/rpc/grpc_log.h"
#include "common/rpc/shutdown_signal.h"

namespace {

int Finish(const absl::Status& status, bool json = false) {
  if (!status.ok()) {
    std::cerr << (json ? edirae::cli::ErrorJson(status) : "edirae: " + std::string(status.message())) << "\n";
  }
  return edirae::config::ExitCode(status);
}

// A slip in a variable's name would be ignored in silence. What is no slip may be meant for another program.
void WarnOfSlips(const CLI::App& app) {
  for (const auto& variable : edirae::config::UnknownVariables(app)) {
    if (!variable.nearest.empty()) std::cerr << "edirae: " << edirae::config::ToWarning(variable) << "\n";
  }
}

// From the words, as what was parsed is unknown when they are wrong.
bool WantsJson(int argc, char** argv) {
  return std::any_of(argv, argv + argc,
                     [](std::string_view word) { return word == "--json" || word == "--json=true"; });
}

// Whoever asked for JSON is told in JSON what was wrong with the command line, too.
int ExitOfParse(const CLI::App& app, const CLI::ParseError& error, bool json) {
  if (!json || error.get_exit_code() == 0) return edirae::config::ExitOfParse(app, error);
  std::string message = error.what();
  if (const std::string hints = edirae::config::HintsOfParse(app, error); !hints.empty()) message += "\n" + hints;
  return Finish(absl::InvalidArgumentError(message), json);
}

bool IsServe(int argc, char** argv) { return argc > 1 && std::string(argv[1]) == "serve"; }

}  // namespace

int main(int argc, char** argv) {
  edirae::process::LockAbslMutexesUnchecked();
  CLI::App app{"Edirae: learn deliberately, progress honestly. Without `serve`, a client of a running platform.",
               "edirae"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "edirae " EDIRAE_VERSION);
  app.footer(
      "Exit codes: 0 done, 1 failed, 64 wrong use, 65 damaged data, 66 no such thing, 69 platform not reachable,\n"
      "75 try again, 77 not permitted. A flag wins over its environment variable, which wins over the default.\n"
      " Colour only on a terminal and without NO_COLOR.");
  edirae::cli::ServeCommand serve(app);
  edirae::cli::TokenCommand token(app);
  edirae::cli::RebuildCommand rebuild(app);
  edirae::cli::DumpCommand dump(app);
  edirae::cli::CatalogCommands catalog(app);
  edirae::cli::ClientCommands client(app);
  edirae::config::LeaveEnvironmentToCalled(app);

  // A client has no log: what it has to say is its output. `serve` sets its own level.
  (void)edirae::log::Configure("edirae", "off");
  edirae::rpc::LogGrpc();

  // Blocked signals are for the server only; a client command ends at Ctrl-C as any program does.
  std::unique_ptr<edirae::rpc::ShutdownSignal> signal;
  if (IsServe(argc, argv)) {
    edirae::process::InterruptNobody();
    signal = std::make_unique<edirae::rpc::ShutdownSignal>();
  }

  const bool json = WantsJson(argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return ExitOfParse(app, error, json);
  }
  if (!serve.chosen()) WarnOfSlips(app);
  if (serve.chosen()) return Finish(serve.Run(*signal));
  if (token.chosen()) return Finish(token.Run());
  if (rebuild.chosen()) return Finish(rebuild.Run(), json);
  if (dump.chosen()) return Finish(dump.Run(), json);
  if (catalog.chosen()) return Finish(catalog.Run(), json);
  return Finish(client.result(), json);
}
