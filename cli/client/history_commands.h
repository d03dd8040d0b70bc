#ifndef EDIRAE_CLI_CLIENT_HISTORY_COMMANDS_H_
#define EDIRAE_CLI_CLIENT_HISTORY_COMMANDS_H_

#include <string>

#include "absl/status/status.h"
#include "cli/client/output.h"

// Commands about a learner's history as a whole.
namespace edirae::cli {

// What to erase.
struct ErasureOrder {
  std::string learner_id;  // empty: whose token it is
  std::string pseudonym;   // instead of learner_id, unless empty
  std::string request_id;  // empty: a new one, which is printed
  std::string receipt;     // unless empty: erases nobody, and shows what was erased by this request id
  bool confirmed = false;  // or nothing is erased
  bool no_wait = false;    // print the receipt as it is at once
};

// What to export, and into which file.
struct ExportOrder {
  std::string learner_id;  // empty: whose token it is
  std::string file = "edirae-export.tar.gz";
};

// Writes everything that is kept of a learner into a new file, which appears when it is whole. ALREADY_EXISTS when
// something of its name is there; errors of the gateway.
absl::Status ExportLearner(const Output& out, const ExportOrder& order);

// Erases a learner, waits a while until the bus has followed unless told not to, and prints the receipt.
// FAILED_PRECONDITION when it is not confirmed; errors of the gateway.
absl::Status EraseLearner(const Output& out, ErasureOrder order);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_HISTORY_COMMANDS_H_
