#include "services/recommend/domain/steps/belief.h"

#include <gtest/gtest.h>

#include <cmath>

namespace edirae::recommend::steps {
namespace {

constexpr double kFirstDay = 20'000.4;  // days

struct Practice {
  LearnerBelief learner;
  ConceptBelief belief;
  int answers = 0;

  // On the same day, a minute apart.
  Practice& Answer(bool correct, int times = 1) {
    for (int i = 0; i < times; ++i) ObserveAnswer(correct, kFirstDay + 0.0007 * answers++, learner, belief);
    return *this;
  }
};

TEST(Belief, BeginsWithLittleHopeAndNoSecurity) {
  const ConceptBelief belief;
  EXPECT_GT(belief.strength, 0.1);
  EXPECT_LT(belief.strength, 0.4);
  EXPECT_FALSE(belief.secure);
}

TEST(Belief, RightAnswersMakeAConceptSecureAndWrongOnesDoNot) {
  EXPECT_FALSE(Practice().Answer(true).belief.secure);
  EXPECT_TRUE(Practice().Answer(true, 8).belief.secure);
  EXPECT_FALSE(Practice().Answer(false, 8).belief.secure);
  EXPECT_GT(Practice().Answer(true, 3).belief.strength, Practice().Answer(false, 3).belief.strength);
}

TEST(Belief, ASecureConceptStaysSoAfterOneWrongAnswerAndNotAfterMany) {
  Practice practice;
  practice.Answer(true, 12);
  EXPECT_TRUE(practice.Answer(false).belief.secure);
  EXPECT_FALSE(practice.Answer(false, 12).belief.secure);
}

TEST(Belief, CountsAnswersOfTheDay) {
  Practice practice;
  practice.Answer(true, 2).Answer(false);
  EXPECT_EQ(practice.belief.answers, 3);
  EXPECT_EQ(practice.belief.correct, 2);
  EXPECT_EQ(practice.belief.AnswersOn(DayOf(kFirstDay)), 3);
  EXPECT_EQ(practice.belief.AnswersOn(DayOf(kFirstDay) + 1), 0);
}

TEST(Belief, RetentionFallsFromOneAndTheMoreSlowlyTheMoreStable) {
  ConceptBelief belief;
  belief.last_days = kFirstDay;
  EXPECT_EQ(Retention(belief, 1, kFirstDay), 1);
  EXPECT_EQ(Retention(belief, 1, kFirstDay - 5), 1);
  EXPECT_LT(Retention(belief, 1, kFirstDay + 5), Retention(belief, 1, kFirstDay + 1));
  EXPECT_LT(Retention(belief, 0.5, kFirstDay + 5), Retention(belief, 1, kFirstDay + 5));
}

TEST(Belief, SpacedRightAnswersMakeAConceptMoreStableThanMassedOnes) {
  Practice massed;
  massed.Answer(true, 4);
  LearnerBelief learner;
  ConceptBelief spaced;
  for (int i = 0; i < 4; ++i) ObserveAnswer(true, kFirstDay + 5 * i, learner, spaced);
  EXPECT_GT(spaced.stability, 2 * massed.belief.stability);
}

TEST(Belief, FallsDueWhenEffectiveStrengthHasFallenBelowItsTarget) {
  Practice practice;
  practice.Answer(true, 10);
  const double due = DueDays(practice.belief, 1);
  const double effective = practice.belief.strength * Retention(practice.belief, 1, due);
  EXPECT_GT(due, kFirstDay);
  EXPECT_LE(effective, 0.845);
  EXPECT_GT(practice.belief.strength * Retention(practice.belief, 1, due - 1), effective);
}

TEST(Belief, NoticesWhoForgetsFasterAndWhoMoreSlowly) {
  LearnerBelief forgetful;
  LearnerBelief retentive;
  for (int i = 0; i < 30; ++i) {
    ConceptBelief one;
    ConceptBelief other;
    for (int j = 0; j < 8; ++j) ObserveAnswer(true, kFirstDay + i * 0.01 + j * 0.001, forgetful, one);
    for (int j = 0; j < 8; ++j) ObserveAnswer(true, kFirstDay + i * 0.01 + j * 0.001, retentive, other);
    ObserveAnswer(i % 3 == 0, kFirstDay + 6, forgetful, one);
    ObserveAnswer(true, kFirstDay + 20, retentive, other);
  }
  EXPECT_LT(forgetful.stability_scale, 0.8);
  EXPECT_GT(retentive.stability_scale, 1.25);
}

TEST(Belief, StaysFiniteHoweverManyAnswersThereAre) {
  LearnerBelief learner;
  ConceptBelief belief;
  for (int i = 0; i < 100'000; ++i) ObserveAnswer(i % 5 != 0, kFirstDay + 0.01 * i, learner, belief);
  for (int i = 0; i < 2000; ++i) ObserveAnswer(false, kFirstDay, learner, belief);  // and time that stands still
  EXPECT_TRUE(std::isfinite(belief.strength));
  EXPECT_GE(belief.strength, 0);
  EXPECT_LE(belief.strength, 1);
  EXPECT_TRUE(std::isfinite(learner.stability_scale));
  EXPECT_EQ(belief.answers, 65'535);
  EXPECT_LE(belief.correct, belief.answers);
  EXPECT_TRUE(std::isfinite(DueDays(belief, learner.stability_scale)));
}

}  // namespace
}  // namespace edirae::recommend::steps
