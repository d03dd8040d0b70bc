#ifndef EDIRAE_CLI_CLIENT_WRITE_COMMANDS_H_
#define EDIRAE_CLI_CLIENT_WRITE_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/client/output.h"

// Commands that record what the learner does. Each makes a request id of its own, prints the outcome and returns the
// gateway's error.
namespace edirae::cli {

// `words` are the reply as `ParseReply` takes it; without any, shows the question and reads them from standard input.
absl::Status Answer(const Output& out, const std::string& question_id, std::vector<std::string> words);

// `rating` is again, hard, good or easy.
absl::Status ReviewCard(const Output& out, const std::string& card_id, const std::string& rating);

// Shows the next hint of a question.
absl::Status RequestHint(const Output& out, const std::string& question_id);

absl::Status OpenResource(const Output& out, const std::string& resource_id);

// An empty stage means the learner's current one.
absl::Status Advance(const Output& out, std::string stage_id);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_WRITE_COMMANDS_H_
