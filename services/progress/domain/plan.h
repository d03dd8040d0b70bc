#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_PLAN_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_PLAN_H_

#include "services/progress/domain/decide.h"

// What a learner intends and says of themselves; see `Decide`. None of it is evidence.
namespace edirae::progress {

absl::StatusOr<Decision> DecideEnroll(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                      const Circumstances& around);

// A goal on a roadmap that the learner does not follow enrols them too.
absl::StatusOr<Decision> DecideGoal(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                    const Circumstances& around);

absl::StatusOr<Decision> DecidePins(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                    const Circumstances& around);

absl::StatusOr<Decision> DecidePreferences(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                           const Circumstances& around);

absl::StatusOr<Decision> DecidePriorKnowledge(const v1::LearnerAction& action, absl::Time occur_time,
                                              LearnerState& state, const Circumstances& around);

absl::StatusOr<Decision> DecidePlacement(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                         const Circumstances& around);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_PLAN_H_
