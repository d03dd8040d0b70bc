#ifndef EDIRAE_CLI_CLIENT_ACTIVITY_COMMANDS_H_
#define EDIRAE_CLI_CLIENT_ACTIVITY_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/client/output.h"

// Commands by which a learner says what they intend, notes what they did, and hands in work. Each makes a request id of
// its own, prints the outcome and returns the gateway's error.
namespace edirae::cli {

// An activity with a new request id, to be filled.
learn::v1::RecordActivityRequest NewActivity();
// Records it, and prints the outcome.
absl::Status RecordActivity(const Output& out, const learn::v1::RecordActivityRequest& request);

absl::Status Enroll(const Output& out);
// `level` is none, some or good.
absl::Status DeclareKnown(const Output& out, const std::vector<std::string>& concept_ids, const std::string& level);
absl::Status FinishPlacement(const Output& out, const std::vector<std::string>& concept_ids);
absl::Status FinishResource(const Output& out, const std::string& resource_id);
absl::Status RateResource(const Output& out, const std::string& resource_id, int stars);
absl::Status NoteRead(const Output& out, const std::string& concept_id);
absl::Status NoteStep(const Output& out, const std::string& milestone_id, const std::string& step_id);

// A link is an address, or `EVIDENCE=address` for one of the milestone's required evidences.
absl::Status SubmitMilestone(const Output& out, const std::string& milestone_id, const std::vector<std::string>& links,
                             const std::string& notes);
absl::Status WithdrawMilestone(const Output& out, const std::string& milestone_id);

// Makes a decision of the past again.
absl::Status ExplainDecision(const Output& out, const std::string& event_id);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_ACTIVITY_COMMANDS_H_
