#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_ADVANCE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_ADVANCE_H_

#include "services/progress/domain/decide.h"

namespace edirae::progress {

// The part of `Decide` for `request_advance`: opens a stage's gate, or says what is missing.
absl::StatusOr<Decision> DecideAdvance(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                       const Circumstances& around);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_ADVANCE_H_
