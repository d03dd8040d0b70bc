#include "services/recommend/domain/steps/steps_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace edirae::recommend::steps {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr double kStart = 20'000;

void AnswerTimes(int32_t concept_index, bool correct, int times, StepsState& state) {
  for (int i = 0; i < times; ++i) Observe({concept_index, correct, kStart + 0.001 * i}, state);
}

TEST(StepsState, QueuesWhatIsBegunInCurriculumOrderAndWhatIsSecureByWhenItIsDue) {
  StepsState state;
  AnswerTimes(5, false, 1, state);
  AnswerTimes(2, false, 1, state);
  AnswerTimes(0, true, 10, state);
  EXPECT_THAT(state.begun(), ElementsAre(2, 5));
  ASSERT_THAT(state.reviews(), SizeIs(1));
  EXPECT_EQ(state.reviews().begin()->second, 0);
  EXPECT_EQ(state.first_untouched(), 1);
  AnswerTimes(1, true, 1, state);
  EXPECT_EQ(state.first_untouched(), 3);
  EXPECT_EQ(state.Find(4), nullptr);
}

TEST(StepsState, AConceptThatIsNoLongerSecureIsLearnedAgain) {
  StepsState state;
  AnswerTimes(0, true, 10, state);
  AnswerTimes(0, false, 15, state);
  EXPECT_THAT(state.reviews(), IsEmpty());
  EXPECT_THAT(state.begun(), ElementsAre(0));
}

// Whatever happened before, each concept is in exactly the queue that it belongs in, when it should be, and a state
// made from what a checkpoint holds goes on the same way.
TEST(StepsState, QueuesAgreeWithBeliefsAfterAnyAnswers) {
  std::mt19937 random(7);
  StepsState state;
  double now = kStart;
  for (int i = 0; i < 20'000; ++i) {
    now += (random() % 1000) * 1e-4;
    const auto concept_index = static_cast<int32_t>(random() % 60);
    Observe({concept_index, random() % 100 < 55 + static_cast<unsigned>(concept_index % 40), now}, state);
    ASSERT_EQ(state.begun().size() + state.reviews().size(), state.concepts().size());
  }
  for (const auto& [due, concept_index] : state.reviews()) {
    const ConceptBelief& belief = *state.Find(concept_index);
    EXPECT_TRUE(belief.secure);
    const double exactly = DueDays(belief, state.learner().stability_scale);
    EXPECT_NEAR(due - belief.last_days, exactly - belief.last_days, 0.06 * (exactly - belief.last_days));
  }
  for (const int32_t concept_index : state.begun()) EXPECT_FALSE(state.Find(concept_index)->secure);

  const StepsState restored(state.learner(), state.concepts());
  EXPECT_EQ(restored.begun(), state.begun());
  EXPECT_EQ(restored.reviews().size(), state.reviews().size());
  EXPECT_EQ(restored.first_untouched(), state.first_untouched());
}

}  // namespace
}  // namespace edirae::recommend::steps
