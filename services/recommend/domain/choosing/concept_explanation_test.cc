#include "services/recommend/domain/choosing/concept_explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "services/recommend/domain/mastery/model.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend::choosing {
namespace {

using recommend::testing::History;
using recommend::testing::Noon;
using recommend::testing::SampleCourse;
using recommend::testing::SampleModels;
using ::testing::SizeIs;

v1::ExplainResponse Explained(const History& history, int position, absl::Duration later = absl::ZeroDuration()) {
  const LearnerState state = history.Fold();
  return ExplainConcept(LearnerView(SampleModels(), state, SampleCourse(), history.now() + later), position);
}

TEST(ConceptExplanation, FactorsAddUpToThePrediction) {
  const auto response = Explained(History().Answer("vectors", 1, true).Answer("vectors", 2, false), 0, absl::Hours(20));
  const auto& explanation = response.explanation();
  ASSERT_THAT(explanation.factors(), SizeIs(6));
  double log_odds = 0;
  for (const auto& factor : explanation.factors()) {
    log_odds += factor.log_odds();
    EXPECT_FALSE(factor.text().empty());
  }
  EXPECT_NEAR(1 / (1 + std::exp(-log_odds)), explanation.success_chance(), 1e-5);
  EXPECT_EQ(explanation.factors(2).text(), "You answered 1 of 2 right on Vectors.");
  EXPECT_EQ(explanation.factors(4).text(), "Your newest answers on Vectors: right, not right; last seen 20 hours ago.");
  EXPECT_EQ(response.suggestion().reason(), v1::REASON_CODE_IN_PROGRESS);
  EXPECT_EQ(response.suggestion().question_id(), explanation.question_id());
}

TEST(ConceptExplanation, RightAnswersSpeakForTheLearner) {
  const auto right = Explained(History().Answer("vectors", 1, true).Answer("vectors", 2, true), 0);
  const auto wrong = Explained(History().Answer("vectors", 1, false).Answer("vectors", 2, false), 0);
  EXPECT_GT(right.explanation().success_chance(), wrong.explanation().success_chance());
  EXPECT_GT(right.explanation().strength(), wrong.explanation().strength());
}

TEST(ConceptExplanation, TheAuthorIsAskedUntilLearnersHaveAnswered) {
  const CourseIndex& course = SampleCourse();
  const LearnerState state = History().Fold();
  const auto difficulty = [&](const Models& models) {
    const auto response = ExplainConcept(LearnerView(models, state, course, Noon()), 0);
    return response.explanation().factors(3).text();
  };
  Models models = SampleModels();
  EXPECT_EQ(difficulty(models), "The question is of medium difficulty.");
  for (const TaughtQuestion& question : course.concepts[0].questions) {
    mastery::Register({.item = question.key, .concepts = question.concept_keys}, models.weights);
  }
  EXPECT_EQ(difficulty(models), "Learners found the question about as hard as most.");
  for (float& offset : models.weights.statistics.item_offsets.values) offset = -2;
  EXPECT_EQ(difficulty(models), "Learners found the question harder than most.");
}

TEST(ConceptExplanation, SaysWhyNothingIsSuggested) {
  const auto later_stage = Explained(History(), 3);
  EXPECT_FALSE(later_stage.has_suggestion());
  EXPECT_EQ(later_stage.explanation().explanation(),
            "Regression belongs to “Models”, which opens with the gate of “The Basics”.");
  EXPECT_EQ(Explained(History(), 1).explanation().explanation(), "Matrices needs Vectors first.");
  const auto mastered = Explained(History().Learn("vectors"), 0);
  EXPECT_EQ(mastered.explanation().explanation(), "Vectors is mastered; its review falls due in 2 days.");
  EXPECT_TRUE(mastered.explanation().has_memory());
  EXPECT_NEAR(mastered.explanation().memory().stability_days(), 2.3, 0.1);
}

TEST(ConceptExplanation, ShowsWhereThePrerequisitesStand) {
  const auto response = Explained(History().Learn("vectors").Answer("regression", 1, true), 3);
  ASSERT_THAT(response.explanation().prerequisites(), SizeIs(2));
  EXPECT_TRUE(response.explanation().prerequisites(0).mastered());
  EXPECT_EQ(response.explanation().prerequisites(0).correct_count(), 3);
  EXPECT_FALSE(response.explanation().prerequisites(1).mastered());
  EXPECT_FALSE(response.explanation().prerequisites(1).has_activity_time());
}

}  // namespace
}  // namespace edirae::recommend::choosing
