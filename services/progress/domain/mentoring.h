#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_MENTORING_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_MENTORING_H_

#include "services/progress/domain/decide.h"

// What mentors do with work that was handed in, recorded in the history of whose work it is; see `Decide`.
namespace edirae::progress {

absl::StatusOr<Decision> DecideClaim(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                     const Circumstances& around);

absl::StatusOr<Decision> DecideRelease(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                       const Circumstances& around);

// Records the review and, when it decides, what was decided.
absl::StatusOr<Decision> DecideSubmissionReview(const v1::LearnerAction& action, absl::Time occur_time,
                                                LearnerState& state, const Circumstances& around);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_MENTORING_H_
