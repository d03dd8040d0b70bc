#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_MODEL_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_MODEL_H_

#include <array>

#include "services/recommend/domain/mastery/answer.h"
#include "services/recommend/domain/mastery/features.h"
#include "services/recommend/domain/mastery/learner_state.h"
#include "services/recommend/domain/mastery/weights.h"

// The mastery model: will this learner answer this question right, why, and what does the answer say? Pure functions of
// values; O(concepts of the question) each.
namespace edirae::recommend::mastery {

// A state before the first answer.
LearnerState NewLearner();

// Probability of a right answer, from what is known before it.
float Predict(const Weights& weights, const LearnerState& state, const Question& question);

// Takes in how the question was answered. Gives what Predict would have said before.
float Observe(const Weights& weights, LearnerState& state, const Question& question, bool correct);

// The same for whoever needs no prediction, which is most of the work.
void Learn(const Weights& weights, LearnerState& state, const Question& question, bool correct);

// The log-odds of a prediction, by what caused them.
struct Explanation {
  std::array<float, kParts> parts = {};  // by Part
  float log_odds = 0;                    // their sum
  float probability = 0;
};
Explanation Explain(const Weights& weights, const LearnerState& state, const Question& question);

// Makes item, concepts and set of concepts known, as far as there is room.
void Register(const Question& question, Weights& weights);

// The same on features that were extracted before.
float LogOddsOf(const Weights& weights, const Features& features);
void Apply(const Features& features, int64_t time_seconds, bool correct, LearnerState& state);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_MODEL_H_
