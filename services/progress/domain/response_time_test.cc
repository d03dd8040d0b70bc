#include "services/progress/domain/response_time.h"

#include "common/ids/ids.h"
#include "common/testing/status_matchers.h"
#include "services/progress/limits.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using events::v1::ANSWER_STANDING_COUNTED;
using events::v1::ANSWER_STANDING_REPEATED;
using events::v1::ANSWER_STANDING_TOO_FAST;

catalog::v1::Question QuestionOf(size_t characters) {
  catalog::v1::Question question;
  question.set_prompt(std::string(characters, 'x'));
  return question;
}

TEST(FastestReply, GrowsWithTheTextAndTheReply) {
  catalog::v1::Reply one;
  one.mutable_choice()->add_choice_ids("a");
  EXPECT_EQ(FastestReply(QuestionOf(0), one), absl::Milliseconds(300));
  EXPECT_EQ(FastestReply(QuestionOf(100), one), absl::Milliseconds(800));
  EXPECT_EQ(FastestReply(QuestionOf(100'000), one), absl::Milliseconds(1800)) << "a known question is not read again";
  catalog::v1::Reply three = one;
  three.mutable_choice()->add_choice_ids("b");
  three.mutable_choice()->add_choice_ids("c");
  EXPECT_EQ(FastestReply(QuestionOf(0), three), absl::Milliseconds(600));
  catalog::v1::Reply order;
  for (const char* id : {"a", "b", "c", "d"}) order.mutable_order()->add_choice_ids(id);
  EXPECT_EQ(FastestReply(QuestionOf(0), order), absl::Milliseconds(1050));
  catalog::v1::Reply text;
  text.mutable_text()->set_text("Überanpassung");
  EXPECT_EQ(FastestReply(QuestionOf(0), text), absl::Milliseconds(300 + 13 * 50)) << "characters, not bytes";
  text.mutable_text()->set_text(std::string(800, 'x'));
  EXPECT_EQ(FastestReply(QuestionOf(0), text), absl::Milliseconds(2300));
  catalog::v1::Reply number;
  number.mutable_number()->set_value(1);
  EXPECT_EQ(FastestReply(QuestionOf(0), number), absl::Milliseconds(350));
}

class FastAnswerTest : public ::testing::Test, protected TestLearner {
 protected:
  v1::LearnerAction AnswerIn(int milliseconds, const std::string& question_id, bool right = true) {
    v1::LearnerAction action = progress::Answer(NextId(), question_id, right);
    action.mutable_answer_question()->set_response_time_ms(milliseconds);
    return action;
  }
  events::v1::AnswerStanding Standing(const v1::LearnerAction& action) {
    return Do(action).outcome.graded_answer().standing();
  }
};

TEST_F(FastAnswerTest, CountsForNothing) {
  const Decision decision = Do(AnswerIn(299, "vectors.q1"));
  EXPECT_EQ(decision.outcome.graded_answer().standing(), ANSWER_STANDING_TOO_FAST);
  EXPECT_EQ(decision.events[0].question_answered().response_time_ms(), 299);
  EXPECT_TRUE(decision.outcome.graded_answer().correct()) << "it is graded all the same";
  EXPECT_EQ(View().concepts(0).answer_count(), 1);
  EXPECT_EQ(View().concepts(0).distinct_correct_count(), 0);
  EXPECT_EQ(Standing(AnswerIn(300, "vectors.q2")), ANSWER_STANDING_COUNTED);
  EXPECT_EQ(Standing(AnswerIn(0, "vectors.q3")), ANSWER_STANDING_COUNTED) << "not measured";
  EXPECT_EQ(View().concepts(0).distinct_correct_count(), 2);
  EXPECT_EQ(Folded(), state);
}

TEST_F(FastAnswerTest, DoesNotBuyALookAtTheExplanation) {
  EXPECT_EQ(Standing(AnswerIn(1, "vectors.q1", false)), ANSWER_STANDING_TOO_FAST);
  now += absl::Hours(12) - absl::Seconds(1);
  EXPECT_EQ(Standing(AnswerIn(9000, "vectors.q1")), ANSWER_STANDING_REPEATED);
  now += absl::Seconds(1);
  EXPECT_EQ(Standing(AnswerIn(9000, "vectors.q1")), ANSWER_STANDING_COUNTED);
  EXPECT_EQ(Folded(), state);
}

TEST_F(FastAnswerTest, DoesNotSpeakAgainstAMastery) {
  catalog::v1::RevisionContent lapsing = TestContent();
  lapsing.mutable_roadmaps(0)->mutable_mastery_criterion()->set_lapse_below(0.9);
  content = IndexOf(lapsing, 2);
  Master("vectors");
  for (const char* question : {"vectors.q4", "vectors.q5", "both.q1"}) Do(AnswerIn(1, question, false));
  EXPECT_EQ(View().concepts(0).status(), v1::CONCEPT_STATUS_MASTERED);
}

TEST_F(FastAnswerTest, IsRefusedWhenItCouldNotBeRemembered) {
  for (size_t i = 0; i < limits::kMaxFastAnswers; ++i) {
    state.NoteFastAnswer(i + 1, static_cast<uint32_t>(absl::ToUnixSeconds(now)));
  }
  EXPECT_EQ(Reason(AnswerIn(1, "vectors.q1")), "TOO_MANY_FAST_ANSWERS");
  EXPECT_EQ(Standing(AnswerIn(5000, "vectors.q1")), ANSWER_STANDING_COUNTED) << "a slow one is welcome";
  now += absl::Hours(12);
  EXPECT_EQ(Standing(AnswerIn(1, "vectors.q2")), ANSWER_STANDING_TOO_FAST);
  EXPECT_EQ(state.fast_answers().size(), 1u) << "older ones are forgotten";
}

TEST_F(FastAnswerTest, TimesHaveBounds) {
  EXPECT_EQ(Reason(AnswerIn(-1, "vectors.q1")), "OUT_OF_RANGE");
  EXPECT_EQ(Reason(AnswerIn(86'400'001, "vectors.q1")), "OUT_OF_RANGE");
  EXPECT_OK(Try(AnswerIn(86'400'000, "vectors.q1")));
}

TEST_F(FastAnswerTest, EveryKindHasItsPartialCredit) {
  struct Case {
    std::string question_id;
    catalog::v1::Reply reply;
    int score_permille;
  };
  std::vector<Case> cases(5);
  cases[0] = {"vectors.q1", {}, 0};
  cases[0].reply.mutable_choice()->add_choice_ids("wrong");
  cases[1] = {"several.q1", {}, 500};
  cases[1].reply.mutable_choice()->add_choice_ids("a");
  cases[2] = {"steps.q1", {}, 333};
  for (const char* item : {"b", "a", "c", "d"}) cases[2].reply.mutable_order()->add_choice_ids(item);
  cases[3] = {"number.q1", {}, 1000};
  cases[3].reply.mutable_number()->set_value(1.4);
  cases[4] = {"word.q1", {}, 0};
  cases[4].reply.mutable_text()->set_text("underfitting");
  for (const Case& one : cases) {
    v1::LearnerAction action = progress::Answer(NextId(), one.question_id);
    *action.mutable_answer_question()->mutable_reply() = one.reply;
    EXPECT_EQ(Do(action).events[0].question_answered().score_permille(), one.score_permille) << one.question_id;
  }
}

class OlderRevisionTest : public ::testing::Test, protected TestLearner {
 protected:
  // Revision 2 has the key the other way round.
  OlderRevisionTest() : retained_(content) {
    catalog::v1::RevisionContent turned = TestContent();
    for (auto& question : *turned.mutable_questions()) {
      if (question.question().question_id() == "vectors.q1") {
        question.mutable_key()->set_correct_choice_ids(0, "wrong");
      }
    }
    kept_ = retained_.With(IndexOf(turned, 2));
  }
  Decision AnswerOf(int64_t revision) {
    v1::LearnerAction action = progress::Answer(NextId(), "vectors.q1");
    action.mutable_answer_question()->set_catalog_revision(revision);
    now += absl::Hours(13);
    auto decision =
        Decide(action, state, {id, kept_->newest(), now, [this] { return NewUuid7(now); }, {}, kept_.get()});
    EXPECT_OK(decision);
    return decision.ok() ? *std::move(decision) : Decision();
  }

  RetainedContent retained_;
  std::shared_ptr<const RetainedContent> kept_;
};

TEST_F(OlderRevisionTest, GradesWhatTheLearnerSaw) {
  const Decision older = AnswerOf(1);
  EXPECT_TRUE(older.outcome.graded_answer().correct());
  EXPECT_EQ(older.outcome.catalog_revision(), 1);
  EXPECT_EQ(older.events[0].catalog_revision(), 1);
  EXPECT_FALSE(older.outcome.graded_answer().graded_by_newest());
  for (const int64_t newest : {0, 2}) {
    const Decision decision = AnswerOf(newest);
    EXPECT_FALSE(decision.outcome.graded_answer().correct()) << newest;
    EXPECT_EQ(decision.outcome.catalog_revision(), 2);
    EXPECT_FALSE(decision.outcome.graded_answer().graded_by_newest());
  }
}

TEST_F(OlderRevisionTest, SaysWhenTheNewestGradesInstead) {
  const Decision decision = AnswerOf(99);
  EXPECT_FALSE(decision.outcome.graded_answer().correct());
  EXPECT_TRUE(decision.outcome.graded_answer().graded_by_newest());
  EXPECT_EQ(decision.outcome.catalog_revision(), 2);
}

TEST_F(OlderRevisionTest, KeepsAFew) {
  for (int64_t revision = 3; revision <= 6; ++revision) kept_ = kept_->With(TestIndex(revision));
  EXPECT_EQ(kept_->size(), limits::kRetainedRevisions);
  EXPECT_EQ(kept_->newest().revision(), 6);
  EXPECT_EQ(kept_->Find(2), nullptr);
  EXPECT_NE(kept_->Find(3), nullptr);
  EXPECT_EQ(kept_->With(TestIndex(4))->size(), limits::kRetainedRevisions);
}

}  // namespace
}  // namespace edirae::progress
