#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "services/progress/limits.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using edirae::testing::StatusIs;
using events::v1::LearnerEvent;
using ::testing::ElementsAre;
using ::testing::Not;

class HintTest : public ::testing::Test, protected TestLearner {};

TEST_F(HintTest, ComesStepByStepAndIsAnEvent) {
  ASSERT_OK_AND_ASSIGN(const Decision first, Hint("vectors.q1"));
  EXPECT_EQ(first.outcome.shown_hint().text(), "think");
  EXPECT_EQ(first.outcome.shown_hint().hint_number(), 1);
  EXPECT_EQ(first.outcome.shown_hint().remaining_count(), 1);
  ASSERT_THAT(Kinds(first), ElementsAre(LearnerEvent::kHintShown));
  EXPECT_EQ(first.events[0].hint_shown().question_id(), "vectors.q1");
  EXPECT_THAT(first.events[0].hint_shown().concept_ids(), ElementsAre("vectors"));
  ASSERT_OK_AND_ASSIGN(const Decision second, Hint("vectors.q1"));
  EXPECT_EQ(second.outcome.shown_hint().text(), "think again");
  EXPECT_EQ(second.outcome.shown_hint().remaining_count(), 0);
  EXPECT_EQ(second.events[0].hint_shown().hint_number(), 2);
}

TEST_F(HintTest, TheBusSeesNoHint) {
  ASSERT_OK_AND_ASSIGN(const Decision decision, Hint("vectors.q1"));
  EXPECT_THAT(decision.events[0].DebugString(), Not(::testing::HasSubstr("think")));
}

TEST_F(HintTest, IsRefusedWhenThereIsNone) {
  EXPECT_EQ(Reason(progress::Hint("r", "vectors.q2")), "NO_MORE_HINTS");
  ASSERT_OK(Hint("vectors.q1"));
  ASSERT_OK(Hint("vectors.q1"));
  const absl::Status status = Try(progress::Hint("r", "vectors.q1")).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ErrorInfoOf(status).reason(), "NO_MORE_HINTS");
  EXPECT_EQ(ErrorInfoOf(status).metadata().at("hint_count"), "2");
  EXPECT_EQ(Reason(progress::Hint("r", "vectors.q9")), "QUESTION_NOT_FOUND");
  EXPECT_EQ(state.last_seq(), 2) << "a refusal leaves no trace";
}

TEST_F(HintTest, TheNextAnswerKnowsHowManyWereShown) {
  ASSERT_OK(Hint("vectors.q1"));
  ASSERT_OK(Hint("vectors.q1"));
  EXPECT_EQ(Answer("vectors.q2").events[0].question_answered().hints_used(), 0) << "another question";
  const Decision answered = Answer("vectors.q1");
  EXPECT_EQ(answered.events[0].question_answered().hints_used(), 2);
  EXPECT_EQ(answered.outcome.graded_answer().hints_used(), 2);
  EXPECT_EQ(Answer("vectors.q1").events[0].question_answered().hints_used(), 0) << "they start over";
  ASSERT_OK_AND_ASSIGN(const Decision again, Hint("vectors.q1"));
  EXPECT_EQ(again.outcome.shown_hint().hint_number(), 1);
  EXPECT_EQ(Folded(), state);
}

TEST_F(HintTest, AskingProvesNothing) {
  ASSERT_OK(Hint("vectors.q1"));
  EXPECT_THAT(View().concepts(), ::testing::IsEmpty());
}

TEST_F(HintTest, UnansweredQuestionsWithHintsAreBounded) {
  catalog::v1::RevisionContent many = TestContent();
  for (size_t i = 0; i <= limits::kMaxOpenHints; ++i) {
    auto& added = *many.add_questions();
    added = TestContent().questions(0);
    added.mutable_question()->set_question_id(absl::StrCat("vectors.more", i));
  }
  content = IndexOf(many);
  for (size_t i = 0; i < limits::kMaxOpenHints; ++i) ASSERT_OK(Hint(absl::StrCat("vectors.more", i)));
  const std::string last = absl::StrCat("vectors.more", limits::kMaxOpenHints);
  EXPECT_EQ(Reason(progress::Hint("r", last)), "TOO_MANY_OPEN_HINTS");
  EXPECT_OK(Hint("vectors.more0")) << "a further hint of one of them";
  Answer("vectors.more0", false);
  EXPECT_OK(Hint(last));
}

TEST_F(HintTest, ACriterionWithoutHintsTakesAnAnswerWithout) {
  catalog::v1::RevisionContent strict = TestContent();
  auto& criterion = *strict.mutable_roadmaps(0)->mutable_mastery_criterion();
  criterion.set_without_hints(true);
  criterion.set_min_distinct_correct(3);
  content = IndexOf(strict);
  ASSERT_OK(Hint("vectors.q1"));
  Answer("vectors.q1");
  Answer("vectors.q2");
  EXPECT_THAT(Answer("vectors.q3").outcome.mastered_concept_ids(), ::testing::IsEmpty());
  now += absl::Hours(13);
  EXPECT_THAT(Answer("vectors.q1").outcome.mastered_concept_ids(), ElementsAre("vectors")) << "and now without";
  EXPECT_EQ(Folded(), state);
}

}  // namespace
}  // namespace edirae::progress
