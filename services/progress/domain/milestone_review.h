#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_MILESTONE_REVIEW_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_MILESTONE_REVIEW_H_

#include "services/progress/domain/decide.h"

namespace edirae::progress {

// The part of `Decide` for `review_milestone`. Who may ask for it is checked before.
absl::StatusOr<Decision> DecideReview(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                      const Circumstances& around);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_MILESTONE_REVIEW_H_
