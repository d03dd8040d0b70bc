#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_ANSWER_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_ANSWER_H_

#include "services/progress/domain/decide.h"

namespace edirae::progress {

// The part of `Decide` for `answer_question`: grades the answer, says whether it counts, and settles what it decides.
absl::StatusOr<Decision> DecideAnswer(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                      const Circumstances& around);

// The part for `request_hint`: the next hint since the question was answered last.
absl::StatusOr<Decision> DecideHint(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                    const Circumstances& around);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_ANSWER_H_
