#include "services/progress/domain/decide.h"

#include <string>
#include <vector>

#include "common/ids/ids.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using edirae::testing::StatusIs;
using events::v1::LearnerEvent;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DecideTest : public ::testing::Test, protected TestLearner {};

TEST_F(DecideTest, FillsTheHeadOfAnEvent) {
  const Decision decision = Do(progress::Answer("r", "vectors.q1", false));
  ASSERT_THAT(decision.events, SizeIs(1));
  const LearnerEvent& event = decision.events[0];
  EXPECT_EQ(event.learner_id(), "ada");
  EXPECT_EQ(event.learner_seq(), 1);
  EXPECT_EQ(event.partition(), PartitionOf("ada"));
  EXPECT_EQ(event.catalog_revision(), 1);
  EXPECT_EQ(event.request_id(), "r");
  EXPECT_EQ(event.request_ordinal(), 0);
  EXPECT_EQ(FromProto(event.record_time()), now);
  EXPECT_EQ(FromProto(event.occur_time()), now);
  EXPECT_FALSE(event.question_answered().correct());
  EXPECT_EQ(decision.outcome.event_id(), event.event_id());
  EXPECT_EQ(decision.outcome.graded_answer().feedback(0).text(), "a common mistake");
  EXPECT_EQ(decision.outcome.graded_answer().explanation(), "why vectors.q1");
}

TEST_F(DecideTest, RecordsMasteryBehindTheAnswerThatProvesIt) {
  const Decision decision = Master("vectors");
  ASSERT_THAT(Kinds(decision), ElementsAre(LearnerEvent::kQuestionAnswered, LearnerEvent::kConceptMastered));
  const auto& mastered = decision.events[1];
  EXPECT_EQ(mastered.learner_seq(), 4);
  EXPECT_EQ(mastered.request_ordinal(), 1);
  EXPECT_EQ(mastered.concept_mastered().criterion_id(), "usual");
  EXPECT_EQ(mastered.concept_mastered().criterion_version(), 3);
  EXPECT_THAT(mastered.concept_mastered().evidence_event_ids(),
              ElementsAre(history[0].event_id(), history[1].event_id(), history[2].event_id()));
  EXPECT_EQ(decision.outcome.as_of_seq(), 4);
  EXPECT_THAT(decision.outcome.mastered_concept_ids(), ElementsAre("vectors"));
  const auto& progress = decision.outcome.graded_answer().concepts(0);
  EXPECT_EQ(progress.status(), v1::CONCEPT_STATUS_MASTERED);
  EXPECT_EQ(progress.mastered_event_id(), mastered.event_id());
}

TEST_F(DecideTest, AQuestionOfSeveralConceptsCreditsAll) {
  Answer("vectors.q1");
  Answer("vectors.q2");
  Answer("matrices.q1");
  Answer("matrices.q2");
  const Decision decision = Answer("both.q1");
  EXPECT_THAT(decision.outcome.mastered_concept_ids(), ElementsAre("vectors", "matrices"));
  EXPECT_THAT(decision.events, SizeIs(3));
}

TEST_F(DecideTest, ARepeatedAnswerCountsOnceInTwelveHours) {
  EXPECT_EQ(Answer("vectors.q1", false).outcome.graded_answer().standing(), events::v1::ANSWER_STANDING_COUNTED);
  now += absl::Hours(12) - absl::Seconds(1);
  const Decision repeated = Answer("vectors.q1");
  EXPECT_EQ(repeated.outcome.graded_answer().standing(), events::v1::ANSWER_STANDING_REPEATED);
  EXPECT_TRUE(repeated.outcome.graded_answer().correct()) << "it is graded all the same";
  EXPECT_EQ(View().concepts(0).answer_count(), 2);
  EXPECT_EQ(View().concepts(0).distinct_correct_count(), 0) << "the explanation was shown";
  now += absl::Seconds(1);
  EXPECT_EQ(Answer("vectors.q1").outcome.graded_answer().standing(), events::v1::ANSWER_STANDING_COUNTED);
  EXPECT_EQ(View().concepts(0).distinct_correct_count(), 1);
  EXPECT_EQ(Folded(), state);
}

TEST_F(DecideTest, AnAnswerSaysHowLikelyAGuessWas) {
  EXPECT_EQ(Answer("vectors.q1").events[0].question_answered().guess_permille(), 500);
  v1::LearnerAction several = progress::Answer(NextId(), "several.q1");
  several.mutable_answer_question()->mutable_reply()->mutable_choice()->set_choice_ids(0, "a");
  EXPECT_EQ(Do(several).events[0].question_answered().guess_permille(), 143);
}

TEST_F(DecideTest, MasteryStays) {
  Master("vectors");
  for (int i = 0; i < 10; ++i) EXPECT_THAT(Answer("vectors.q1", false).events, SizeIs(1));
  EXPECT_EQ(View().concepts(0).status(), v1::CONCEPT_STATUS_MASTERED);
  EXPECT_EQ(View().concepts(0).answer_count(), 13);
}

TEST_F(DecideTest, AGateThatStaysShutNamesWhatIsMissing) {
  Answer("vectors.q1");
  const Decision decision = Do(Advance(NextId(), "first"));
  ASSERT_THAT(Kinds(decision), ElementsAre(LearnerEvent::kAdvanceRequested));
  EXPECT_FALSE(decision.events[0].advance_requested().granted());
  EXPECT_THAT(decision.events[0].advance_requested().missing_concept_ids(), ElementsAre("vectors", "matrices"));
  const v1::GateReport& gate = decision.outcome.gate_decision().gate();
  EXPECT_FALSE(gate.ready());
  EXPECT_EQ(gate.required_count(), 2);  // not the optional one
  ASSERT_EQ(gate.missing_size(), 2);
  ASSERT_EQ(gate.missing(0).unmet_size(), 2);
  EXPECT_EQ(gate.missing(0).unmet(0).have(), 1);
  EXPECT_EQ(gate.missing(0).unmet(0).need(), 2);
  EXPECT_EQ(gate.missing(0).unmet(0).window(), 0);
  EXPECT_EQ(gate.missing(1).unmet(1).have(), 0);
  EXPECT_GE(gate.missing(1).unmet(1).window(), gate.missing(1).unmet(1).need());
}

TEST_F(DecideTest, AGateOpensOnEvidence) {
  const std::string vectors = Master("vectors").events[1].event_id();
  const std::string matrices = Master("matrices").events[1].event_id();
  EXPECT_TRUE(View().stages(0).gate().ready());
  const Decision decision = Do(Advance(NextId(), "first"));
  ASSERT_THAT(Kinds(decision), ElementsAre(LearnerEvent::kAdvanceRequested, LearnerEvent::kStagePassed));
  EXPECT_TRUE(decision.outcome.gate_decision().granted());
  EXPECT_THAT(decision.events[1].stage_passed().evidence_event_ids(), ElementsAre(vectors, matrices));
  EXPECT_EQ(View().current_stage_id(), "second");
  EXPECT_EQ(View().stages(0).status(), v1::STAGE_STATUS_PASSED);
  EXPECT_EQ(View().stages(1).status(), v1::STAGE_STATUS_CURRENT);
}

TEST_F(DecideTest, AskingAgainIsGrantedWithoutASecondPassage) {
  Master("vectors");
  Master("matrices");
  Do(Advance(NextId(), "first"));
  const Decision again = Do(Advance(NextId(), "first"));
  EXPECT_THAT(Kinds(again), ElementsAre(LearnerEvent::kAdvanceRequested));
  EXPECT_TRUE(again.outcome.gate_decision().granted());
}

TEST_F(DecideTest, StagesOpenInOrder) {
  Master("gradients");
  const auto locked = Try(Advance(NextId(), "second"));
  EXPECT_THAT(locked, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ErrorInfoOf(locked.status()).reason(), "STAGE_LOCKED");
  EXPECT_EQ(View().stages(1).status(), v1::STAGE_STATUS_LOCKED);
  EXPECT_EQ(View().stages(1).gate().mastered_count(), 1);
  EXPECT_EQ(View().stages(1).gate().missing_size(), 0);
}

TEST_F(DecideTest, AnEasierCriterionOpensTheGateAndIsRecorded) {
  Master("vectors");
  Answer("matrices.q1");
  Ease();
  const Decision decision = Do(Advance(NextId(), "first"));
  EXPECT_THAT(Kinds(decision),
              ElementsAre(LearnerEvent::kAdvanceRequested, LearnerEvent::kConceptMastered, LearnerEvent::kStagePassed));
  EXPECT_THAT(decision.outcome.mastered_concept_ids(), ElementsAre("matrices"));
  EXPECT_EQ(decision.events[2].stage_passed().evidence_event_ids(1), decision.events[1].event_id());
}

TEST_F(DecideTest, ReviewsAndResourcesProveNothing) {
  EXPECT_THAT(Kinds(Do(Review(NextId(), "vectors.card"))), ElementsAre(LearnerEvent::kCardReviewed));
  for (const char* resource : {"book", "guide"}) {
    const Decision opened = Do(Open(NextId(), resource));
    EXPECT_THAT(opened.events[0].resource_opened().concept_ids(), ElementsAre("vectors"));
  }
  EXPECT_THAT(View().concepts(), IsEmpty());
  EXPECT_EQ(View().as_of_seq(), 3);
}

TEST_F(DecideTest, TellsWhatIsBehindAWrongNumber) {
  v1::LearnerAction action = progress::Answer(NextId(), "number.q1");
  action.mutable_answer_question()->mutable_reply()->mutable_number()->set_value(0.6);
  v1::GradedAnswer graded = Do(action).outcome.graded_answer();
  EXPECT_EQ(graded.reply_feedback().text(), "you subtracted");
  EXPECT_EQ(graded.reply_feedback().misconception_id(), "mistaken");
  action.set_request_id(NextId());
  action.mutable_answer_question()->mutable_reply()->mutable_number()->set_value(7);
  graded = Do(action).outcome.graded_answer();
  EXPECT_EQ(graded.reply_feedback().text(), "compute again");
  EXPECT_EQ(graded.score(), 0);
  action.set_request_id(NextId());
  action.mutable_answer_question()->mutable_reply()->mutable_number()->set_value(1.4);
  graded = Do(action).outcome.graded_answer();
  EXPECT_FALSE(graded.has_reply_feedback());
  EXPECT_EQ(graded.score(), 1);
}

TEST_F(DecideTest, RefusesWhatTheCatalogDoesNotHave) {
  EXPECT_EQ(Reason(progress::Answer("r", "vectors.q9")), "QUESTION_NOT_FOUND");
  EXPECT_EQ(Reason(Review("r", "none.card")), "CARD_NOT_FOUND");
  EXPECT_EQ(Reason(Open("r", "none")), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Reason(Advance("r", "third")), "STAGE_NOT_FOUND");
  v1::LearnerAction elsewhere = Advance("r", "first");
  elsewhere.mutable_request_advance()->set_roadmap_id("none");
  EXPECT_EQ(Reason(elsewhere), "ROADMAP_NOT_FOUND");
  v1::LearnerAction unrated = Review("r", "vectors.card");
  unrated.mutable_review_card()->clear_rating();
  EXPECT_EQ(Reason(unrated), "MISSING_FIELD");
  EXPECT_EQ(Reason(v1::LearnerAction()), "MISSING_FIELD");
  EXPECT_EQ(state, LearnerState()) << "a refusal leaves no trace";
}

TEST_F(DecideTest, OccurTimeHasBounds) {
  const auto at = [&](absl::Time time) {
    v1::LearnerAction action = progress::Answer(NextId(), "vectors.q1");
    *action.mutable_occur_time() = ToProto(time);
    return action;
  };
  EXPECT_EQ(Reason(at(now + absl::Minutes(5) + absl::Nanoseconds(1))), "OCCUR_TIME_OUT_OF_RANGE");
  EXPECT_EQ(Reason(at(now - absl::Hours(720) - absl::Nanoseconds(1))), "OCCUR_TIME_OUT_OF_RANGE");
  EXPECT_EQ(FromProto(Do(at(now - absl::Hours(720))).events[0].occur_time()), now - absl::Hours(720));
  EXPECT_EQ(FromProto(Do(at(now + absl::Minutes(5))).events[0].occur_time()), now) << "never after record_time";
}

TEST_F(DecideTest, TheHistoryFoldsToTheSameState) {
  Master("vectors");
  Answer("matrices.q1", false);
  Master("matrices");
  Do(Advance(NextId(), "first"));
  Do(Review(NextId(), "vectors.card"));
  EXPECT_EQ(Folded(), state);
}

}  // namespace
}  // namespace edirae::progress
