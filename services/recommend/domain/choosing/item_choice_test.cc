#include "services/recommend/domain/choosing/item_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/testing/sample.h"

namespace edirae::recommend::choosing {
namespace {

using recommend::testing::History;
using recommend::testing::Noon;
using recommend::testing::SampleCourse;
using recommend::testing::SampleModels;

constexpr int kVectors = 0;  // position in the sample course

class ItemChoice : public ::testing::Test {
 protected:
  std::string Question(const History& history, absl::Duration later = absl::ZeroDuration()) {
    state_ = history.Fold();
    const LearnerView view(SampleModels(), state_, course_, history.now() + later);
    const QuestionChoice choice = NextQuestion(view, kVectors);
    return choice.question == nullptr ? "" : choice.question->id;
  }
  std::string Card(const History& history, absl::Duration later = absl::ZeroDuration()) {
    state_ = history.Fold();
    const TaughtCard* card = NextCard(LearnerView(SampleModels(), state_, course_, history.now() + later), kVectors);
    return card == nullptr ? "" : card->id;
  }

  CourseIndex course_ = SampleCourse();
  LearnerState state_;
};

TEST_F(ItemChoice, AQuestionThatIsNotRightYetComesFirst) {
  EXPECT_EQ(Question(History()), "vectors.q1");
  EXPECT_EQ(Question(History().Answer("vectors", 1, true)), "vectors.q2");
  const History mixed = History().Answer("vectors", 1, true).Answer("vectors", 2, false).Answer("vectors", 3, true);
  EXPECT_EQ(Question(mixed, absl::Hours(13)), "vectors.q2");
}

TEST_F(ItemChoice, AQuestionThatIsAlsoAboutWhatIsFarAheadComesLast) {
  const TaughtConcept& ahead = course_.concepts.back();
  course_.concepts[kVectors].questions[0].concept_keys.push_back(ahead.key);
  for (const int other : {1, 2}) course_.concepts[kVectors].questions[other].difficulty = catalog::v1::DIFFICULTY_HARD;
  EXPECT_EQ(Question(History()), "vectors.q2");
  const History others = History().Answer("vectors", 2, true).Answer("vectors", 3, true);
  EXPECT_EQ(Question(others), "vectors.q1") << "rather than none";
  EXPECT_NE(Question(others, absl::Hours(13)), "vectors.q1") << "rather one again";
  EXPECT_EQ(Question(History().Answer(ahead.id, 1, true)), "vectors.q1") << "it has been come to";
}

TEST_F(ItemChoice, NoQuestionComesTwiceInTwelveHours) {
  const History all = History().Answer("vectors", 1, true).Answer("vectors", 2, false).Answer("vectors", 3, true);
  EXPECT_EQ(Question(all, absl::Hours(11)), "");
  const LearnerView view(SampleModels(), state_, course_, all.now());
  EXPECT_EQ(AskableMs(view, kVectors), absl::ToUnixMillis(Noon() + absl::Hours(12)));
  EXPECT_NE(Question(all, absl::Hours(12)), "");
}

TEST_F(ItemChoice, TheRightDifficultyComesFirst) {
  course_.concepts[kVectors].questions[0].difficulty = catalog::v1::DIFFICULTY_HARD;
  course_.concepts[kVectors].questions[2].difficulty = catalog::v1::DIFFICULTY_EASY;
  state_ = History().Fold();
  const LearnerView view(SampleModels(), state_, course_, Noon());
  const auto chance = [&](size_t i) {
    return ChanceOf(view, view.Taught(kVectors), view.Taught(kVectors).questions[i]);
  };
  EXPECT_LT(chance(0), chance(1));
  EXPECT_LT(chance(1), chance(2));
  const QuestionChoice choice = NextQuestion(view, kVectors);
  for (size_t i = 0; i < 3; ++i) EXPECT_LE(std::abs(choice.chance - 0.75), std::abs(chance(i) - 0.75)) << i;
}

TEST_F(ItemChoice, WhereAccuracyIsMissingGuessesSayLittle) {
  auto& questions = course_.concepts[kVectors].questions;
  for (auto& question : questions) question.guess_permille = 500;
  questions[1].guess_permille = 0;
  const History all = History().Answer("vectors", 1, true).Answer("vectors", 2, true).Answer("vectors", 3, true);
  EXPECT_EQ(Question(all, absl::Hours(13)), "vectors.q2");
}

TEST_F(ItemChoice, ADueCardComesBeforeANewOneAndThatBeforeOneThatIsKnown) {
  EXPECT_EQ(Card(History()), "vectors.c1");
  const History easy = History().Review("vectors", 1, events::v1::CARD_RATING_EASY);
  EXPECT_EQ(Card(easy), "vectors.c2");
  EXPECT_EQ(Card(easy, absl::Hours(24 * 30)), "vectors.c1");
}

TEST_F(ItemChoice, AnExplanationAddsUpAndSaysTheSameAsThePrediction) {
  course_.concepts[kVectors].questions[0].difficulty = catalog::v1::DIFFICULTY_HARD;
  state_ = History().Answer("vectors", 1, true).Answer("vectors", 2, false).Fold();
  const LearnerView view(SampleModels(), state_, course_, Noon() + absl::Hours(20));
  const TaughtConcept& taught = view.Taught(kVectors);
  for (const TaughtQuestion& question : taught.questions) {
    const Prediction prediction = Explain(view, taught, question);
    double sum = prediction.author_log_odds;
    for (const float part : prediction.parts.parts) sum += part;
    EXPECT_NEAR(sum, prediction.log_odds, 1e-5);
    EXPECT_NEAR(prediction.chance, ChanceOf(view, taught, question), 1e-5);
  }
}

TEST_F(ItemChoice, ResourcesThatWereOpenedComeLast) {
  History history;
  state_ = history.Fold();
  const auto ids = [&](const LearnerState& state) {
    std::vector<std::string> best;
    const LearnerView view(SampleModels(), state, course_, Noon());
    for (const ResourceChoice& choice : BestResources(view, kVectors)) best.push_back(choice.resource->id);
    return best;
  };
  EXPECT_THAT(ids(state_), ::testing::ElementsAre("guide", "video", "book"));
  state_.opened.push_back({.item = KeyOf("guide"), .last_seq = 1});
  EXPECT_THAT(ids(state_), ::testing::ElementsAre("video", "book", "guide"));
  course_.concepts[kVectors].resources[1].level = catalog::v1::RESOURCE_LEVEL_ADVANCED;  // video
  EXPECT_THAT(ids(state_), ::testing::ElementsAre("book", "video", "guide"));
}

}  // namespace
}  // namespace edirae::recommend::choosing
