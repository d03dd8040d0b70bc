#include "services/recommend/domain/mastery/fit/go_on.h"

#include <utility>

#include "services/recommend/domain/mastery/model.h"
#include "services/recommend/domain/mastery/online_learning.h"

namespace edirae::recommend::mastery {

Weights GoOn(Weights weights, const ResponseLog& log, const std::vector<bool>& use, int64_t since_seconds) {
  OnlineLearner online(std::move(weights));
  LearnerState state = NewLearner();
  for (size_t i = 0; i < log.responses.size(); ++i) {
    const Response& response = log.responses[i];
    if (!use[response.learner]) continue;
    if (i > 0 && response.learner != log.responses[i - 1].learner) state = NewLearner();
    const Question question = log.QuestionOf(response);
    if (response.time_seconds < since_seconds) {
      Learn(online.weights(), state, question, response.correct);
    } else {
      online.Learn(state, question, response.correct);
    }
  }
  return online.weights();
}

}  // namespace edirae::recommend::mastery
