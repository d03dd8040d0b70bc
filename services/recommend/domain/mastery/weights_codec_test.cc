#include "services/recommend/domain/mastery/weights_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "services/recommend/domain/mastery/fit/fit.h"
#include "services/recommend/domain/mastery/fit/simulated_learners.h"
#include "services/recommend/domain/mastery/model.h"

namespace edirae::recommend::mastery {
namespace {

using recommend::v1::MasteryWeights;

Weights SmallWeights() {
  const SimulatedLearners learners = Simulate({.learners = 30, .answers = 20, .concepts = 4, .items_per_concept = 3});
  return Fit(learners.log, std::vector<bool>(30, true), {.epochs = 1}, [] {});
}

TEST(WeightsCodec, GivesBackWhatWasWritten) {
  const Weights weights = SmallWeights();
  const std::string bytes = Encode(weights);
  const auto read = Decode(bytes);
  ASSERT_OK(read);
  EXPECT_EQ(Encode(*read), bytes);
  const SimulatedLearners learners = Simulate({.learners = 5, .answers = 20, .concepts = 4, .items_per_concept = 3});
  LearnerState a = NewLearner();
  LearnerState b = NewLearner();
  for (const Response& it : learners.log.responses) {
    const Question question = learners.log.QuestionOf(it);
    ASSERT_FLOAT_EQ(Observe(weights, a, question, it.correct), Observe(*read, b, question, it.correct));
  }
}

class Refused : public ::testing::TestWithParam<void (*)(MasteryWeights&)> {};

TEST_P(Refused, InsteadOfBelieved) {
  MasteryWeights message = ToProto(SmallWeights());
  ASSERT_OK(FromProto(message));
  GetParam()(message);
  EXPECT_EQ(FromProto(message).status().code(), absl::StatusCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(
    Messages, Refused,
    ::testing::Values(
        [](MasteryWeights& it) { it.set_layout(2); }, [](MasteryWeights& it) { it.add_general(0); },
        [](MasteryWeights& it) { it.set_general(3, std::numeric_limits<float>::quiet_NaN()); },
        [](MasteryWeights& it) { it.mutable_network()->set_scale(0, 0); },
        [](MasteryWeights& it) { it.mutable_network()->set_bias(std::numeric_limits<float>::infinity()); },
        [](MasteryWeights& it) { it.mutable_network()->add_input(0); },
        [](MasteryWeights& it) { it.mutable_all()->set_correct(1e9f); },
        [](MasteryWeights& it) { *it.add_items() = it.items(0); },
        [](MasteryWeights& it) { *it.add_concepts() = it.concepts(0); },
        [](MasteryWeights& it) { it.mutable_items(0)->add_weights(1); },
        [](MasteryWeights& it) { it.mutable_items(0)->set_weights(0, 1e30f); },
        [](MasteryWeights& it) { it.mutable_items(0)->set_information(0, -1); },
        [](MasteryWeights& it) {
          it.mutable_items(0)->add_offset_places(item_offset::kCount);
          it.mutable_items(0)->add_offsets(1);
          it.mutable_items(0)->add_information(1);
        },
        [](MasteryWeights& it) { it.mutable_concepts(0)->set_weight_places(1, it.concepts(0).weight_places(0)); }));

TEST(WeightsCodec, DamagedBytesAreRefusedOrHarmless) {
  const std::string bytes = Encode(SmallWeights());
  std::mt19937_64 random(testing::Seed());
  LearnerState state = NewLearner();
  for (int i = 0; i < 2000; ++i) {
    std::string damaged = bytes.substr(0, i % 2 == 0 ? bytes.size() : random() % bytes.size());
    for (int j = 0; j < 4 && !damaged.empty(); ++j) damaged[random() % damaged.size()] = static_cast<char>(random());
    const auto read = Decode(damaged);
    if (!read.ok()) continue;
    EXPECT_FALSE(std::isnan(Predict(*read, state, {.item = 1})));
  }
  EXPECT_FALSE(Decode("").ok());
}

}  // namespace
}  // namespace edirae::recommend::mastery
