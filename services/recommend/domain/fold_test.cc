#include "services/recommend/domain/fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/domain/review_ladder.h"
#include "services/recommend/limits.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using testing::History;
using testing::Noon;

ConceptState Of(const History& history, const std::string& concept_id) {
  const LearnerState state = history.Fold();
  const ConceptState* found = state.Find(KeyOf(concept_id));
  return found == nullptr ? ConceptState() : *found;
}

int64_t Ms(absl::Time time) { return absl::ToUnixMillis(time); }

constexpr absl::Duration kDay = absl::Hours(24);

TEST(Fold, CountsAnswersAndDifferentRightQuestions) {
  const ConceptState state =
      Of(History().Answer("vectors", 1, true).Answer("vectors", 1, true).Answer("vectors", 2, false), "vectors");
  EXPECT_EQ(state.answers, 3);
  EXPECT_EQ(state.correct, 2);
  EXPECT_EQ(state.distinct_correct, 1);
  EXPECT_EQ(state.outcomes, 0b110u);
  EXPECT_FALSE(state.memory.planned());
}

TEST(Fold, AQuestionOnceRightStaysRight) {
  const ConceptState state =
      Of(History().Answer("vectors", 1, true).Answer("vectors", 1, false).Answer("vectors", 1, true), "vectors");
  EXPECT_EQ(state.distinct_correct, 1);
  ASSERT_EQ(state.questions.size(), 1u);
  EXPECT_TRUE(state.questions[0].succeeded);
  EXPECT_EQ(state.questions[0].last_seq, 3);
}

TEST(Fold, AnAnswerIsEvidenceForAllItsConcepts) {
  History history;
  history.Answer("vectors", 1, true);
  events::v1::LearnerEvent both = history.events()[0];
  both.mutable_question_answered()->add_concept_ids("matrices");
  LearnerState state;
  Fold(both, state);
  EXPECT_EQ(state.Find(KeyOf("vectors"))->answers, 1);
  EXPECT_EQ(state.Find(KeyOf("matrices"))->answers, 1);
}

TEST(Fold, RemembersABoundedNumberOfQuestions) {
  History history;
  for (int question = 1; question <= 100; ++question) history.Answer("vectors", question, false);
  const ConceptState state = Of(history, "vectors");
  ASSERT_EQ(state.questions.size(), limits::kMaxSeenItems);
  EXPECT_EQ(state.questions.front().last_seq, 37);
  EXPECT_EQ(state.questions.back().last_seq, 100);
}

TEST(Fold, ALapseStartsTheEvidenceAnew) {
  History history;
  history.Learn("vectors").Answer("vectors", 1, false);
  LearnerState state = history.Fold();
  events::v1::LearnerEvent event = history.events().back();
  event.set_learner_seq(state.applied_seq + 1);
  event.mutable_concept_lapsed()->set_concept_id("vectors");
  Fold(event, state);
  const ConceptState& lapsed = *state.Find(KeyOf("vectors"));
  EXPECT_FALSE(lapsed.mastered);
  EXPECT_EQ(lapsed.distinct_correct, 0);
  EXPECT_TRUE(lapsed.memory.planned()) << "it is reviewed all the same";
  event = history.events().front();
  event.set_learner_seq(state.applied_seq + 1);
  Fold(event, state);
  EXPECT_EQ(state.Find(KeyOf("vectors"))->distinct_correct, 1) << "an old question counts again";
}

TEST(Fold, AnUnknownKindOfEventOnlyMovesOn) {
  events::v1::LearnerEvent event;
  event.set_learner_seq(1);
  LearnerState state;
  Fold(event, state);
  EXPECT_EQ(state.applied_seq, 1);
  EXPECT_TRUE(state.concepts.empty());
}

TEST(ReviewLadder, MasteryPlansTheFirstReviewForTheNextDay) {
  const ConceptState state = Of(History().Learn("vectors"), "vectors");
  EXPECT_TRUE(state.mastered);
  EXPECT_EQ(state.memory.due_ms, Ms(Noon() + kDay));
}

TEST(ReviewLadder, ClimbsOnlyWhenDueOrNearly) {
  History history;
  history.Learn("vectors");
  absl::Time due = Noon() + kDay;
  for (const int days : {3, 7, 16, 35, 90, 90}) {
    history.After(due - history.now()).Answer("vectors", 1, true);
    due = history.now() + days * kDay;
    EXPECT_EQ(Of(history, "vectors").memory.due_ms, Ms(due));
  }
  History early;
  early.Learn("vectors").After(absl::Hours(5)).Answer("vectors", 1, true);
  EXPECT_EQ(Of(early, "vectors").memory.due_ms, Ms(early.now() + kDay));
  early.After(absl::Hours(22)).Answer("vectors", 1, true);  // less than a tenth of a day too early
  EXPECT_EQ(Of(early, "vectors").memory.due_ms, Ms(early.now() + 3 * kDay));
}

TEST(ReviewLadder, AFailureStartsOverAndEffortStays) {
  History history;
  history.Learn("vectors").After(kDay).Answer("vectors", 1, true).After(3 * kDay).Answer("vectors", 2, true);
  ASSERT_EQ(Of(history, "vectors").memory.step, 2);
  history.After(7 * kDay).Review("vectors", 1, events::v1::CARD_RATING_HARD);
  EXPECT_EQ(Of(history, "vectors").memory.step, 2);
  EXPECT_EQ(Of(history, "vectors").memory.due_ms, Ms(history.now() + 7 * kDay));
  history.After(kDay).Answer("vectors", 1, false);
  EXPECT_EQ(Of(history, "vectors").memory.step, 0);
  EXPECT_EQ(Of(history, "vectors").memory.due_ms, Ms(history.now() + kDay));
  EXPECT_EQ(Of(history, "vectors").memory.last_success_ms, Ms(history.now() - kDay));
}

TEST(ReviewLadder, CardsArePlannedBeforeMasteryToo) {
  History history;
  history.Review("vectors", 1, events::v1::CARD_RATING_EASY);
  EXPECT_EQ(Of(history, "vectors").memory.due_ms, Ms(Noon() + kDay));
  history.After(kDay).Review("vectors", 1, events::v1::CARD_RATING_AGAIN);
  EXPECT_EQ(Of(history, "vectors").memory.due_ms, Ms(Noon() + 2 * kDay));
}

TEST(ReviewLadder, TimeOfAConceptNeverRunsBackwards) {
  History history;
  history.Learn("vectors").After(-absl::Hours(100)).Answer("vectors", 1, true);
  EXPECT_EQ(Of(history, "vectors").memory.due_ms, Ms(Noon() + kDay));
}

}  // namespace
}  // namespace edirae::recommend
