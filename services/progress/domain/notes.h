#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_NOTES_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_NOTES_H_

#include "services/progress/domain/decide.h"

// What a learner reads, rates and does beside answering; see `Decide`. None of it is evidence.
namespace edirae::progress {

absl::StatusOr<Decision> DecideFinishResource(const v1::LearnerAction& action, absl::Time occur_time,
                                              LearnerState& state, const Circumstances& around);

absl::StatusOr<Decision> DecideRating(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                      const Circumstances& around);

absl::StatusOr<Decision> DecideExplanation(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                           const Circumstances& around);

absl::StatusOr<Decision> DecideStep(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                    const Circumstances& around);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_NOTES_H_
