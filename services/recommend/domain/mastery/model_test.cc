#include "services/recommend/domain/mastery/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "services/recommend/domain/mastery/fit/fit.h"
#include "services/recommend/domain/mastery/fit/go_on.h"
#include "services/recommend/domain/mastery/fit/simulated_learners.h"
#include "services/recommend/domain/mastery/online_learning.h"
#include "services/recommend/domain/mastery/weights_codec.h"

namespace edirae::recommend::mastery {
namespace {

// A model of simulated learners, fitted once to two thirds of them; the others are to be predicted.
class Fitted : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    learners = new SimulatedLearners(
        Simulate({.learners = 300, .answers = 60, .concepts = 20, .strangers = 0, .moods = false, .seed = 3}));
    std::vector<bool> use(300, true);
    for (uint32_t i = 0; i < 300; i += 3) use[i] = false;
    weights = new Weights(Fit(learners->log, use, {.epochs = 3}, [] {}));
  }
  static void TearDownTestSuite() {
    delete weights;
    delete learners;
  }

  // Calls see(response number, state before it) for the learners that were left out.
  template <class See>
  static void Walk(See see) {
    LearnerState state;
    const ResponseLog& log = learners->log;
    for (size_t i = 0; i < log.responses.size(); ++i) {
      if (log.responses[i].learner % 3 != 0) continue;
      if (i == 0 || log.responses[i].learner != log.responses[i - 1].learner) state = NewLearner();
      see(i, state);
      Observe(*weights, state, log.QuestionOf(log.responses[i]), log.responses[i].correct);
    }
  }

  static inline SimulatedLearners* learners = nullptr;
  static inline Weights* weights = nullptr;
};

void ExpectSound(const LearnerState& state) {
  EXPECT_TRUE(std::isfinite(state.recent_surprise));
  for (size_t i = 1; i < state.concepts.size(); ++i) EXPECT_LT(state.concepts[i - 1].key, state.concepts[i].key);
}

TEST_F(Fitted, IsCalibratedOnLearnersItNeverMet) {
  double predicted = 0, right = 0, error = 0, error_of_mean = 0, count = 0;
  const Rate& all = weights->statistics.all;
  Walk([&](size_t i, const LearnerState& state) {
    const double p = Predict(*weights, state, learners->log.QuestionOf(learners->log.responses[i]));
    predicted += p;
    right += learners->log.responses[i].correct ? 1 : 0;
    error += std::pow(p - learners->probabilities[i], 2);
    error_of_mean += std::pow(all.correct / all.answers - learners->probabilities[i], 2);
    ++count;
  });
  EXPECT_NEAR(predicted / count, right / count, 0.03);
  EXPECT_LT(error, 0.35 * error_of_mean) << "of the true probabilities' spread, little is left unexplained";
}

TEST_F(Fitted, PartsOfAnExplanationAddUpToThePrediction) {
  Walk([&](size_t i, const LearnerState& state) {
    const Question question = learners->log.QuestionOf(learners->log.responses[i]);
    const Explanation explanation = Explain(*weights, state, question);
    ASSERT_NEAR(std::accumulate(explanation.parts.begin(), explanation.parts.end(), 0.0f), explanation.log_odds, 1e-5);
    ASSERT_NEAR(explanation.probability, Predict(*weights, state, question), 1e-5);
  });
}

TEST_F(Fitted, ExplainsWhatItIsAbout) {
  const Question question = learners->log.QuestionOf(learners->log.responses[0]);
  LearnerState good = NewLearner();
  LearnerState poor = NewLearner();
  const Question other = {.item = 1};  // about no concept, so that it speaks of the learner only
  for (int i = 0; i < 10; ++i) {
    Observe(*weights, good, other, true);
    Observe(*weights, poor, other, false);
  }
  const auto part = [&](const LearnerState& state, Part which) {
    return Explain(*weights, state, question).parts[static_cast<size_t>(which)];
  };
  EXPECT_GT(part(good, Part::kAbility), part(poor, Part::kAbility));
  EXPECT_FLOAT_EQ(part(good, Part::kBase), part(poor, Part::kBase));
  EXPECT_GT(Predict(*weights, good, question), Predict(*weights, poor, question));
}

TEST_F(Fitted, IsTheSameForTheSameSeedAndNotForAnother) {
  const SimulatedLearners small = Simulate({.learners = 40, .answers = 20, .concepts = 5});
  const std::vector<bool> use(40, true);
  const auto fit = [&](uint64_t seed) { return Encode(Fit(small.log, use, {.epochs = 1, .seed = seed}, [] {})); };
  EXPECT_EQ(fit(1), fit(1));
  EXPECT_NE(fit(1), fit(2));
}

TEST_F(Fitted, DoesNotLearnAFewAnswersByHeart) {
  const SimulatedLearners few = Simulate({.learners = 8, .answers = 15, .concepts = 8, .strangers = 0});
  const auto fit = [](const ResponseLog& log, int epochs) {
    return Encode(Fit(log, std::vector<bool>(log.learners, true), {.epochs = epochs}, [] {}));
  };
  EXPECT_EQ(fit(few.log, 4), fit(few.log, 1));
  EXPECT_NE(fit(learners->log, 2), fit(learners->log, 1)) << "many are worth it";
}

TEST_F(Fitted, LearnsLittleFromALearnerWhoIsAlone) {
  const SimulatedLearners one = Simulate({.learners = 1, .answers = 20, .concepts = 3});
  const auto fit = [&](int epochs) { return Encode(Fit(one.log, {true}, {.epochs = epochs}, [] {})); };
  EXPECT_EQ(fit(7), fit(1)) << "nobody is there to judge by";
}

TEST_F(Fitted, GoesOnFromAnswersThatItHasNotLearnedFrom) {
  ResponseLog log;
  const ConceptKey key = 77;
  log.concepts = {key};
  log.learners = 40;
  for (uint32_t learner = 0; learner < log.learners; ++learner) {
    log.responses.push_back({.item = 5, .time_seconds = 100, .learner = learner, .concepts_end = 1, .correct = true});
    log.responses.push_back({.item = 6, .time_seconds = 200, .learner = learner, .concepts_end = 1, .correct = false});
  }
  const std::vector<bool> everybody(log.learners, true);
  const auto chance = [&](int64_t since, ItemKey item) {
    const Weights gone_on = GoOn(*weights, log, everybody, since);
    return Predict(gone_on, NewLearner(), {.item = item, .concepts = absl::MakeConstSpan(&key, 1)});
  };
  EXPECT_GT(chance(0, 5), chance(0, 6) + 0.3f);
  EXPECT_FLOAT_EQ(chance(150, 5), chance(150, 99)) << "of item 5 everything was known already";
  EXPECT_LT(chance(150, 6), chance(201, 6) - 0.3f);
  EXPECT_EQ(Encode(GoOn(*weights, log, everybody, 201)), Encode(*weights));
  EXPECT_EQ(Encode(GoOn(*weights, log, std::vector<bool>(log.learners, false), 0)), Encode(*weights));
}

TEST_F(Fitted, LearnsFromAnswersWhatIsKnownOfANewItem) {
  OnlineLearner online(GeneralOf(*weights));
  const ConceptKey key = 77;
  const Question hard = {.item = 5, .concepts = absl::MakeConstSpan(&key, 1)};
  const Question easy = {.item = 6, .concepts = absl::MakeConstSpan(&key, 1)};
  EXPECT_FLOAT_EQ(Predict(online.weights(), NewLearner(), hard), Predict(online.weights(), NewLearner(), easy));
  for (int i = 0; i < 40; ++i) {
    LearnerState state = NewLearner();
    online.Learn(state, hard, false);
    online.Learn(state, easy, true);
  }
  EXPECT_LT(Predict(online.weights(), NewLearner(), hard), Predict(online.weights(), NewLearner(), easy) - 0.3f);
}

TEST(MasteryModel, PredictsWithoutKnowingAnything) {
  const Weights weights;
  LearnerState state = NewLearner();
  EXPECT_FLOAT_EQ(Predict(weights, state, {.item = 1}), 0.5f);
  Observe(weights, state, {.item = 1}, true);
  EXPECT_EQ(state.answers, 1u);
  EXPECT_TRUE(state.concepts.empty());
}

TEST(MasteryModel, ConceptsOfAQuestionAreBounded) {
  std::vector<ConceptKey> keys(10'000);
  std::iota(keys.rbegin(), keys.rend(), 1);
  keys.insert(keys.end(), keys.begin(), keys.end());
  LearnerState state = NewLearner();
  for (int i = 0; i < 3; ++i) Observe(Weights(), state, {.item = 1, .concepts = keys}, true);
  EXPECT_EQ(state.concepts.size(), static_cast<size_t>(limits::kMaxConceptsOfItem) + 1) << "eight, and their set";
  for (const ConceptState& it : state.concepts) EXPECT_EQ(it.attempts, 3);
  ExpectSound(state);
}

TEST(MasteryModel, OrderAndRepetitionOfConceptsDoNotMatter) {
  const std::vector<ConceptKey> one = {3, 9, 4};
  const std::vector<ConceptKey> other = {9, 4, 3, 3, 9};
  LearnerState a = NewLearner();
  LearnerState b = NewLearner();
  Observe(Weights(), a, {.item = 1, .concepts = one}, true);
  Observe(Weights(), b, {.item = 1, .concepts = other}, true);
  EXPECT_EQ(a, b);
}

TEST(MasteryModel, TimeThatRunsBackwardsIsNoTime) {
  const ConceptKey key = 7;
  LearnerState state = NewLearner();
  const auto observe = [&](int64_t seconds) {
    Observe(Weights(), state, {.item = 1, .concepts = absl::MakeConstSpan(&key, 1), .time_seconds = seconds}, true);
    return state.clock_seconds;
  };
  EXPECT_EQ(observe(1'000'000), 0u);
  EXPECT_EQ(observe(1'000'600), 0u) << "short pauses are hidden";
  EXPECT_EQ(observe(1'002'000), 1'400u);
  EXPECT_EQ(observe(5), 1'400u);
  EXPECT_EQ(observe(std::numeric_limits<int64_t>::min()), 1'400u);
  EXPECT_EQ(observe(0), 1'400u) << "unknown";
  EXPECT_EQ(observe(1'002'700), 2'100u) << "counted from the latest";
  EXPECT_EQ(observe(std::numeric_limits<int64_t>::max()), std::numeric_limits<uint32_t>::max());
  EXPECT_EQ(observe(std::numeric_limits<int64_t>::max()), std::numeric_limits<uint32_t>::max());
}

TEST(MasteryModel, PrerequisitesSpeakForAConceptThatWasNeverMet) {
  const ConceptKey prerequisite = 1;
  const ConceptKey next = 2;
  Weights weights;
  weights.network.scale.fill(1);
  weights.network.linear[kConceptAbility] = 1;
  const Question question = {
      .item = 8, .concepts = absl::MakeConstSpan(&next, 1), .prerequisites = absl::MakeConstSpan(&prerequisite, 1)};
  LearnerState knows = NewLearner();
  LearnerState does_not = NewLearner();
  for (int i = 0; i < 8; ++i) {
    const Question easier = {.item = 3, .concepts = absl::MakeConstSpan(&prerequisite, 1)};
    Observe(weights, knows, easier, true);
    Observe(weights, does_not, easier, false);
  }
  EXPECT_GT(Predict(weights, knows, question), 0.5f);
  EXPECT_LT(Predict(weights, does_not, question), 0.5f);
}

TEST_F(Fitted, LearningIsObservingWithoutAPrediction) {
  const ResponseLog& log = learners->log;
  Walk([&](size_t i, const LearnerState& state) {
    LearnerState learned = state;
    LearnerState observed = state;
    Learn(*weights, learned, log.QuestionOf(log.responses[i]), log.responses[i].correct);
    Observe(*weights, observed, log.QuestionOf(log.responses[i]), log.responses[i].correct);
    ASSERT_EQ(learned, observed) << i;
  });
}

TEST_F(Fitted, StaysFiniteWhateverComes) {
  LearnerState state = NewLearner();
  const auto& log = learners->log;
  for (size_t i = 0; i < 200'000; ++i) {
    Question question = log.QuestionOf(log.responses[i % 50]);
    question.time_seconds = (i % 2 == 0) ? std::numeric_limits<int64_t>::max() - static_cast<int64_t>(i) : -7;
    const float p = Observe(*weights, state, question, i < 100'000);
    ASSERT_TRUE(p > 0 && p < 1) << i;
  }
  EXPECT_EQ(state.answers, 200'000u);
  ExpectSound(state);
}

}  // namespace
}  // namespace edirae::recommend::mastery
