#include "services/recommend/domain/steps/next_step.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace edirae::recommend::steps {
namespace {

constexpr double kToday = 20'000;

// Each concept needs the one before it.
Curriculum Chain(int32_t size) {
  Curriculum curriculum;
  for (int32_t i = 0; i < size; ++i)
    curriculum.prerequisites.push_back(i == 0 ? std::vector<int32_t>{} : std::vector<int32_t>{i - 1});
  return curriculum;
}

const std::vector<std::string>& Titles() {
  static const auto* const titles = new std::vector<std::string>{"Vectors", "Matrices", "Gradient descent"};
  return *titles;
}

void AnswerTimes(int32_t concept_index, bool correct, int times, double from, StepsState& state) {
  for (int i = 0; i < times; ++i) Observe({concept_index, correct, from + 0.001 * i}, state);
}

TEST(NextStep, BeginsWithTheFirstConceptOfTheCurriculum) {
  const NextStep step = Choose(StepsState(), Chain(3), kToday);
  EXPECT_EQ(step.concept_index, 0);
  EXPECT_EQ(step.kind, StepKind::kBegin);
  EXPECT_EQ(Explain(step, Titles()), "Vectors is next in the curriculum.");
}

TEST(NextStep, StaysWithAConceptUntilItIsSecureThenGoesOn) {
  StepsState state;
  AnswerTimes(0, true, 1, kToday, state);
  const NextStep practise = Choose(state, Chain(3), kToday + 0.1);
  EXPECT_EQ(practise.concept_index, 0);
  EXPECT_EQ(practise.kind, StepKind::kPractise);
  EXPECT_EQ(Explain(practise, Titles()), "You answered 1 of 1 right on Vectors, which is not secure yet.");

  AnswerTimes(0, true, 8, kToday + 0.1, state);
  const NextStep begin = Choose(state, Chain(3), kToday + 0.2);
  EXPECT_EQ(begin.concept_index, 1);
  EXPECT_EQ(begin.kind, StepKind::kBegin);
  EXPECT_EQ(
      Explain(begin, Titles()),
      "Matrices is next in the curriculum. You answered 9 of 9 right on Vectors, which this needs; last seen less "
      "than a day ago.");
}

TEST(NextStep, LeavesAConceptForTodayAfterNineAnswers) {
  StepsState state;
  AnswerTimes(0, false, 9, kToday, state);
  EXPECT_EQ(Choose(state, Chain(3), kToday + 0.5).concept_index, 1);
  EXPECT_EQ(Choose(state, Chain(3), kToday + 1).concept_index, 0);
}

TEST(NextStep, WhatStaysWrongRestsLongerAndLongerAndIsNotGivenUp) {
  StepsState state;
  int asked = 0;
  int last_day = -1;
  std::vector<int> pauses;
  for (int day = 0; day < 200; ++day) {
    for (int i = 0; i < 20; ++i) {
      const double now = kToday + day + 0.001 * i;
      const int32_t next = Choose(state, Chain(60), now).concept_index;
      Observe({next, next != 0, now}, state);
      if (next != 0) continue;
      ++asked;
      if (last_day >= 0 && day - last_day > 1) pauses.push_back(day - last_day - 1);
      last_day = day;
    }
  }
  EXPECT_LT(asked, 400) << "of 4000 answers";
  ASSERT_GE(pauses.size(), 6u);
  EXPECT_EQ(pauses.front(), 1);
  EXPECT_EQ(pauses.back(), 15);
  EXPECT_TRUE(std::ranges::is_sorted(pauses));
  EXPECT_EQ(state.first_untouched(), 60) << "all others were learned meanwhile";
}

TEST(NextStep, RestsGrowWithWrongAnswers) {
  ConceptBelief belief;
  const auto rest = [&](int wrong, int right) {
    belief.answers = static_cast<uint16_t>(wrong + right);
    belief.correct = static_cast<uint16_t>(right);
    return RestDays(belief);
  };
  EXPECT_EQ(rest(35, 100), 0) << "right answers do not count";
  EXPECT_EQ(rest(36, 0), 1);
  EXPECT_EQ(rest(71, 9), 1);
  EXPECT_EQ(rest(72, 0), 3);
  EXPECT_EQ(rest(576, 0), 31);
  EXPECT_EQ(rest(65'000, 0), 31) << "never longer";
  belief.day = 100;
  belief.today = 9;
  rest(36, 0);
  EXPECT_FALSE(MayPractise(belief, 100, RestDays(belief))) << "it had its share";
  EXPECT_FALSE(MayPractise(belief, 101, RestDays(belief)));
  EXPECT_TRUE(MayPractise(belief, 102, RestDays(belief)));
  EXPECT_TRUE(MayPractise(belief, 99, RestDays(belief))) << "a clock that goes back holds nothing up";
  belief.today = 8;
  EXPECT_TRUE(MayPractise(belief, 100, RestDays(belief)));
}

TEST(NextStep, ReviewsWhatIsDueFirstTheMostForgottenOfIt) {
  StepsState state;
  AnswerTimes(0, true, 10, kToday, state);
  AnswerTimes(1, true, 10, kToday + 5, state);
  const NextStep step = Choose(state, Chain(3), kToday + 30);
  EXPECT_EQ(step.kind, StepKind::kReview);
  EXPECT_EQ(step.concept_index, 0);
  EXPECT_NEAR(step.evidence.days_since, 30, 0.1);
  EXPECT_LT(step.evidence.chance_of_success, 0.9);
  EXPECT_EQ(
      Explain(step, Titles()).find("Time to review Vectors: last seen 29 days ago, the chance that you still get"), 0);
}

TEST(NextStep, ReviewsAConceptTwiceADayAtTheMost) {
  StepsState state;
  AnswerTimes(0, true, 10, kToday, state);
  int reviews = 0;
  for (int i = 0; i < 5; ++i) {
    const double now = kToday + 30 + 0.01 * i;
    const NextStep step = Choose(state, Chain(3), now);
    if (step.kind != StepKind::kReview) break;
    ++reviews;
    AnswerTimes(0, false, 1, now, state);
  }
  EXPECT_LE(reviews, 2);
  EXPECT_GE(reviews, 1);
}

TEST(NextStep, ReviewsEarlyWhenNothingElseIsLeft) {
  StepsState state;
  AnswerTimes(0, true, 10, kToday, state);
  AnswerTimes(1, true, 12, kToday, state);
  const NextStep step = Choose(state, Chain(2), kToday + 0.5);
  EXPECT_EQ(step.kind, StepKind::kEarlyReview);
  EXPECT_NE(Explain(step, Titles()).find("Nothing is due"), std::string::npos);
}

TEST(NextStep, AlwaysHasSomethingEvenForOneConceptThatIsNotSecure) {
  StepsState state;
  AnswerTimes(0, false, 9, kToday, state);
  EXPECT_EQ(Choose(state, Chain(1), kToday + 0.1).concept_index, 0);
}

TEST(NextStep, NamesTheWeakestPrerequisite) {
  Curriculum curriculum = Chain(3);
  curriculum.prerequisites[2] = {0, 1};
  StepsState state;
  AnswerTimes(0, true, 12, kToday, state);
  AnswerTimes(1, true, 12, kToday - 1, state);
  AnswerTimes(2, false, 1, kToday, state);
  const NextStep step = Choose(state, curriculum, kToday + 0.2);
  EXPECT_EQ(step.concept_index, 2);
  EXPECT_EQ(step.prerequisite.concept_index, 1);
}

TEST(NextStep, IgnoresConceptsThatTheCurriculumNoLongerHas) {
  StepsState state;
  AnswerTimes(7, true, 12, kToday, state);
  AnswerTimes(6, false, 2, kToday, state);
  EXPECT_EQ(Choose(state, Chain(3), kToday + 40).concept_index, 0);
}

TEST(NextStep, IsTheSameForTheSameStateAndTime) {
  StepsState state;
  StepsState same;
  for (int i = 0; i < 500; ++i) {
    const double now = kToday + 0.05 * i;
    const NextStep step = Choose(state, Chain(40), now);
    ASSERT_EQ(Choose(same, Chain(40), now).concept_index, step.concept_index);
    const Answer answer = {step.concept_index, i % 4 != 0, now};
    Observe(answer, state);
    Observe(answer, same);
  }
}

}  // namespace
}  // namespace edirae::recommend::steps
