#ifndef EDIRAE_CLI_CLIENT_PAST_COMMANDS_H_
#define EDIRAE_CLI_CLIENT_PAST_COMMANDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/client/output.h"

// Commands that read a learner's history. Each prints the gateway's answer and returns the gateway's error.
namespace edirae::cli {

// Which events, of whom.
struct EventOptions {
  std::string learner;  // empty: the caller
  std::vector<std::string> types;
  std::string since;  // a day (UTC) or an RFC 3339 time; empty for the beginning
  std::string until;  // the same, not included; empty for now
  int most = 100;
};

// Lists events page after page; as JSON, one a line. INVALID_ARGUMENT for what is no time.
absl::Status ListEvents(const Output& out, const EventOptions& options);

// A moment of a history.
struct PastOptions {
  std::string learner;  // empty: the caller
  int64_t seq = -1;     // negative: not by place
  std::string at;       // as EventOptions::since; empty: not by time
};

// Shows where the learner stood, and the digest of the history up to there. INVALID_ARGUMENT for what is no time.
absl::Status ShowPast(const Output& out, const PastOptions& options);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_PAST_COMMANDS_H_
