#ifndef EDIRAE_CLI_LEDGER_DUMP_COMMAND_H_
#define EDIRAE_CLI_LEDGER_DUMP_COMMAND_H_

#include "absl/status/status.h"
#include "cli/ledger/open_ledger.h"

namespace edirae::cli {

// `edirae dump`: the events of all learners, for those who analyse learning and for edirae-fit.
class DumpCommand {
 public:
  // Adds it to `app`. Must outlive its parse.
  explicit DumpCommand(CLI::App& app);

  bool chosen() const;

  // Prints an event a line. Errors of LedgerFlags::Open and DumpLedger.
  absl::Status Run() const;

 private:
  CLI::App& command_;
  LedgerFlags ledger_;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_LEDGER_DUMP_COMMAND_H_
