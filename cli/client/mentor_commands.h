#ifndef EDIRAE_CLI_CLIENT_MENTOR_COMMANDS_H_
#define EDIRAE_CLI_CLIENT_MENTOR_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/client/output.h"

// Commands of a mentor. Each prints the gateway's answer and returns the gateway's error.
namespace edirae::cli {

// All that waits, page after page; only of one milestone when it is named.
absl::Status ListSubmissions(const Output& out, const std::string& milestone_id);

absl::Status ClaimSubmission(const Output& out, const std::string& submission_id);
absl::Status ReleaseSubmission(const Output& out, const std::string& submission_id);

// `verdict` is approve or return; a score is `CRITERION=LEVEL`. INVALID_ARGUMENT when one is not.
absl::Status ReviewSubmission(const Output& out, const std::string& submission_id, const std::string& verdict,
                              const std::vector<std::string>& scores, const std::string& feedback);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_MENTOR_COMMANDS_H_
