#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_GO_ON_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_GO_ON_H_

#include <cstdint>
#include <vector>

#include "services/recommend/domain/mastery/fit/response_log.h"
#include "services/recommend/domain/mastery/weights.h"

namespace edirae::recommend::mastery {

// Weights that go on learning online from a log (online_learning.h), one learner in `use` (by number) after the other:
// from answers given at `since_seconds` (Unix; 0: all) or later. Earlier ones, which the weights have learned from
// before, only say where their learner stood.
Weights GoOn(Weights weights, const ResponseLog& log, const std::vector<bool>& use, int64_t since_seconds);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_GO_ON_H_
