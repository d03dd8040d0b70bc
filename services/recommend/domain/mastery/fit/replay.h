#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_REPLAY_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_REPLAY_H_

#include <vector>

#include "absl/functional/function_ref.h"
#include "services/recommend/domain/mastery/features.h"
#include "services/recommend/domain/mastery/fit/response_log.h"
#include "services/recommend/domain/mastery/model.h"

namespace edirae::recommend::mastery {

// Walks through the responses of the learners in `use` (by number) as a server would see them: each with the features
// that were known before it was answered.
inline void Replay(const Weights& weights, const ResponseLog& log, const std::vector<bool>& use,
                   absl::FunctionRef<void(size_t response, const Features&)> see) {
  LearnerState state = NewLearner();
  Features features;
  for (size_t i = 0; i < log.responses.size(); ++i) {
    const Response& response = log.responses[i];
    if (!use[response.learner]) continue;
    if (i == 0 || response.learner != log.responses[i - 1].learner) state = NewLearner();
    Extract(weights, state, log.QuestionOf(response), features);
    see(i, features);
    Apply(features, response.time_seconds, response.correct, state);
  }
}

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_FIT_REPLAY_H_
