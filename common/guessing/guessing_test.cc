#include <gtest/gtest.h>

#include "common/guessing/guess.h"
#include "common/guessing/known_share.h"

namespace edirae {
namespace {

int GuessOf(catalog::v1::QuestionKind kind, int choices) {
  catalog::v1::Question question;
  question.set_kind(kind);
  for (int i = 0; i < choices; ++i) question.add_choices();
  return GuessPermille(question);
}

TEST(GuessPermille, IsOneAnswerOfAll) {
  EXPECT_EQ(GuessOf(catalog::v1::QUESTION_KIND_SINGLE_CHOICE, 4), 250);
  EXPECT_EQ(GuessOf(catalog::v1::QUESTION_KIND_SINGLE_CHOICE, 3), 333);
  EXPECT_EQ(GuessOf(catalog::v1::QUESTION_KIND_SEVERAL_CHOICE, 4), 67);
  EXPECT_EQ(GuessOf(catalog::v1::QUESTION_KIND_ORDERING, 4), 42);
  EXPECT_EQ(GuessOf(catalog::v1::QUESTION_KIND_NUMERIC, 0), 0);
  EXPECT_EQ(GuessOf(catalog::v1::QUESTION_KIND_SHORT_TEXT, 0), 0);
  EXPECT_EQ(GuessOf(catalog::v1::QUESTION_KIND_SINGLE_CHOICE, 0), 0) << "a broken question is no division by zero";
}

// Wilson's bounds at z = 1.2815516; the figures are from another program.
TEST(KnownShare, IsWilsonsInterval) {
  EXPECT_NEAR(SurelyKnown({.right = 10, .count = 10}), 0.858931, 1e-6);
  EXPECT_NEAR(SurelyKnown({.right = 9, .count = 10}), 0.717556, 1e-6);
  EXPECT_NEAR(PossiblyKnown({.right = 2, .count = 10}), 0.398404, 1e-6);
  EXPECT_NEAR(PossiblyKnown({.right = 0, .count = 3}), 0.353779, 1e-6);
  EXPECT_NEAR(SurelyKnown({.right = 0, .count = 3}), 0, 1e-12);
}

TEST(KnownShare, TakesLuckyGuessesOut) {
  // (0.858931 - 0.25) / 0.75
  EXPECT_NEAR(SurelyKnown({.right = 10, .count = 10, .guess_permille_sum = 2500}), 0.811908, 1e-6);
  EXPECT_EQ(SurelyKnown({.right = 2, .count = 10, .guess_permille_sum = 5000}), 0) << "worse than guessing is nothing";
  EXPECT_EQ(SurelyKnown({.right = 4, .count = 4, .guess_permille_sum = 4000}), 0)
      << "what nobody can miss says nothing";
}

TEST(KnownShare, WithoutAnswersNothingIsSureAndEverythingPossible) {
  EXPECT_EQ(SurelyKnown({}), 0);
  EXPECT_EQ(PossiblyKnown({}), 1);
}

}  // namespace
}  // namespace edirae
