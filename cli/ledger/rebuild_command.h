#ifndef EDIRAE_CLI_LEDGER_REBUILD_COMMAND_H_
#define EDIRAE_CLI_LEDGER_REBUILD_COMMAND_H_

#include <string>

#include "absl/status/status.h"
#include "cli/ledger/open_ledger.h"
#include "services/progress/adapters/ledger_verifier.h"

namespace CLI {
class App;
}

namespace edirae::cli {

// `edirae rebuild --verify`: reads a ledger again and compares what is derived from it.
class RebuildCommand {
 public:
  // Adds it to `app`. Must outlive its parse.
  explicit RebuildCommand(CLI::App& app);

  bool chosen() const;

  // Runs it, and prints what was found. DATA_LOSS when something differs, NOT_FOUND when there is no ledger,
  // FAILED_PRECONDITION while progress has the folder.
  absl::Status Run() const;

 private:
  absl::Status Tell(const progress::Verification& found) const;

  CLI::App& command_;
  bool verify_ = false;
  LedgerFlags ledger_;
  std::string digests_;
  bool json_ = false;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_LEDGER_REBUILD_COMMAND_H_
