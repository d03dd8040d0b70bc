#include "cli/ledger/dump_command.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/client/render.h"
#include "common/status/macros.h"
#include "services/progress/adapters/ledger_dump.h"

namespace edirae::cli {

DumpCommand::DumpCommand(CLI::App& app)
    : command_(*app.add_subcommand("dump", "Write the events of all learners, without their names")->group("Running")),
      ledger_(command_) {
  command_.footer(
      "One event of docs/events.md a line, as JSON, oldest first, to standard output: by pseudonym, and without what a "
      "person\ntyped. `edirae-fit --events` reads it. Of a ledger in a folder that is in use, dump a backup "
      "(docs/operations.md).\nBrings a ledger of an older version to that of this program, as progress does.");
}

bool DumpCommand::chosen() const { return command_.parsed(); }

absl::Status DumpCommand::Run() const {
  EDIRAE_ASSIGN_OR_RETURN(const auto store, ledger_.Open());
  const auto print = [](const events::v1::LearnerEvent& event) {
    std::cout << ToJson(event, false) << '\n';
    return std::cout.good();
  };
  EDIRAE_RETURN_IF_ERROR(progress::DumpLedger(
      *store, print, [report = ReportOnStderr()](int64_t done, int64_t total) { report("writes", done, total); }));
  return std::cout.flush().good() ? absl::OkStatus() : absl::UnavailableError("cannot write to standard output");
}

}  // namespace edirae::cli
