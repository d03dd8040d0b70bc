#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_SUBMISSION_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_SUBMISSION_H_

#include "services/progress/domain/decide.h"

// How the work of a milestone is handed in; see `Decide`.
namespace edirae::progress {

absl::StatusOr<Decision> DecideSubmission(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                          const Circumstances& around);

absl::StatusOr<Decision> DecideWithdrawal(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                          const Circumstances& around);

// What waits, as the contract shows it.
v1::MilestoneSubmission ToProto(const OpenSubmission& open);

// Whether an address can be looked at and hides nothing: `https`, a host with a dot, no user, nothing but printable
// ASCII. INVALID_ARGUMENT with reason BAD_URL otherwise.
absl::Status CheckEvidenceUrl(const std::string& url);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_SUBMISSION_H_
