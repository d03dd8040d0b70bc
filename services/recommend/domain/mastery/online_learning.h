#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ONLINE_LEARNING_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ONLINE_LEARNING_H_

#include <array>
#include <vector>

#include "services/recommend/domain/mastery/answer.h"
#include "services/recommend/domain/mastery/features.h"
#include "services/recommend/domain/mastery/learner_state.h"
#include "services/recommend/domain/mastery/weights.h"

namespace edirae::recommend::mastery {

// Weights that go on learning from every answer: what is known of items and concepts, and the sparse weights. The
// network stays as it was fitted. O(concepts of the question) an answer. Not thread-safe; owns its weights.
class OnlineLearner {
 public:
  explicit OnlineLearner(Weights weights);

  const Weights& weights() const { return weights_; }

  // Takes in how the question was answered, into the learner's state and into the weights. Gives what was predicted
  // before. An item or a concept that is new becomes known, as far as there is room.
  float Learn(LearnerState& state, const Question& question, bool correct);

 private:
  void LearnStatistics(const Features& features, bool correct);
  void LearnSparse(const Features& features, float error);

  Weights weights_;
  std::array<std::vector<float>, WeightPlace::kTables> squares_;  // of gradients, of each sparse weight (Adagrad)
};

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ONLINE_LEARNING_H_
