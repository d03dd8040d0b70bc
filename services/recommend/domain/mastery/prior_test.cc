#include "services/recommend/domain/mastery/prior.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "common/testing/status_matchers.h"
#include "services/recommend/domain/mastery/fit/simulated_learners.h"
#include "services/recommend/domain/mastery/model.h"
#include "services/recommend/domain/mastery/online_learning.h"

namespace edirae::recommend::mastery {
namespace {

TEST(ShippedPrior, KnowsNoItemAndNoConcept) {
  const auto prior = ShippedPrior();
  ASSERT_OK(prior);
  EXPECT_TRUE(prior->registry.items().empty());
  EXPECT_TRUE(prior->registry.concepts().empty());
}

// Log loss per answer over learners from another seed, whose items and concepts the prior cannot know.
TEST(ShippedPrior, BeatsTheRateOfAllAndGoesOnLearning) {
  const auto prior = ShippedPrior();
  ASSERT_OK(prior);
  OnlineLearner online(*prior);
  const SimulatedLearners learners =
      Simulate({.learners = 200, .answers = 60, .concepts = 15, .strangers = 0, .seed = 99});
  double rate = 0, frozen = 0, learning = 0;
  double correct = 0;
  LearnerState a;
  LearnerState b;
  for (const Response& it : learners.log.responses) correct += it.correct ? 1 : 0;
  const double overall = correct / static_cast<double>(learners.log.responses.size());
  const auto loss = [](double p, bool right) { return -std::log(right ? p : 1 - p); };
  uint32_t learner = ~0u;
  for (const Response& it : learners.log.responses) {
    if (it.learner != learner) a = b = NewLearner();
    learner = it.learner;
    const Question question = learners.log.QuestionOf(it);
    rate += loss(overall, it.correct);
    frozen += loss(Observe(*prior, a, question, it.correct), it.correct);
    learning += loss(online.Learn(b, question, it.correct), it.correct);
  }
  EXPECT_LT(frozen, 0.97 * rate);
  EXPECT_LT(learning, 0.97 * frozen);
}

}  // namespace
}  // namespace edirae::recommend::mastery
