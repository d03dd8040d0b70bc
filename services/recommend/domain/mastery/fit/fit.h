#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_FIT_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_FIT_H_

#include <vector>

#include "absl/functional/function_ref.h"
#include "services/recommend/domain/mastery/fit/response_log.h"
#include "services/recommend/domain/mastery/fit/weight_fit.h"
#include "services/recommend/domain/mastery/weights.h"

namespace edirae::recommend::mastery {

// Weights from the responses of the learners in `use` (by number). What is learned from outcomes at one step is given
// to the next only as it would have been without the learner who is scored (cross-fitting, the whole chain at once), or
// training would trust it more than it deserves. How long is trained, `settings.epochs` at the most, is decided by
// learners of `use` who are left out once.
Weights Fit(const ResponseLog& log, const std::vector<bool>& use, const FitSettings& settings,
            absl::FunctionRef<void()> step);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_FIT_H_
