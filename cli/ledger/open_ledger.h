#ifndef EDIRAE_CLI_LEDGER_OPEN_LEDGER_H_
#define EDIRAE_CLI_LEDGER_OPEN_LEDGER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/progress/domain/event_store.h"

namespace CLI {
class App;
}

namespace edirae::cli {

// Which ledger a command reads, past the platform.
class LedgerFlags {
 public:
  // Adds --data and --store to `command`. Must outlive its parse.
  explicit LedgerFlags(CLI::App& command);

  // The folder of a ledger in SQLite; empty for one in PostgreSQL. NOT_FOUND when there is none.
  absl::StatusOr<std::string> Folder() const;
  // NOT_FOUND when there is no ledger, FAILED_PRECONDITION while progress has the folder.
  absl::StatusOr<std::unique_ptr<progress::EventStore>> Open() const;

 private:
  std::string data_;
  std::string store_;
};

// Says on standard error how far a long reading has come, once a second.
std::function<void(const char* doing, int64_t done, int64_t total)> ReportOnStderr();

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_LEDGER_OPEN_LEDGER_H_
