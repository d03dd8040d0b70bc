#ifndef EDIRAE_CLI_CLIENT_ADVICE_COMMANDS_H_
#define EDIRAE_CLI_CLIENT_ADVICE_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/client/output.h"

// Commands that ask what is thought of a learner and what to do with the time that there is. Each prints the gateway's
// answer and returns the gateway's error. Nothing is recorded.
namespace edirae::cli {

absl::Status ExplainConcept(const Output& out, const std::string& concept_id);
// Each answer as ParseHypothesis takes it.
absl::Status ShowWhatIf(const Output& out, const std::vector<std::string>& answers);
absl::Status PlanSession(const Output& out, int minutes);

// "supervised-learning.find-the-label=right", "...=wrong@24": a question, how it is answered, in how many hours.
// INVALID_ARGUMENT for anything else.
absl::StatusOr<recommend::v1::HypotheticalAnswer> ParseHypothesis(const std::string& text);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_ADVICE_COMMANDS_H_
