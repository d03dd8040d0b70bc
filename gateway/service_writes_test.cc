#include "common/testing/status_matchers.h"
#include "gateway/testing/gateway_test.h"

// What a learner does, on its way to progress and back.
namespace edirae::gateway {
namespace {

using ::edirae::testing::StatusIs;
using learn::v1::AnswerQuestionRequest;
using progress::v1::ActionResult;

class GatewayWrites : public testing::GatewayTest {
 protected:
  static AnswerQuestionRequest Answer(const std::string& request_id) {
    AnswerQuestionRequest request;
    request.set_request_id(request_id);
    request.mutable_occur_time()->set_seconds(1'700'000'000);
    request.set_question_id("bayes.shared");
    request.mutable_reply()->mutable_choice()->add_choice_ids("b");
    return request;
  }

  const progress::v1::RecordEventsRequest OnlyWrite() {
    const auto writes = progress_.writes();
    EXPECT_EQ(writes.size(), 1u);
    return writes.empty() ? progress::v1::RecordEventsRequest() : writes[0];
  }
};

TEST_F(GatewayWrites, AnswerReachesProgressAndItsGradeComesBack) {
  ActionResult result;
  auto& outcome = *result.mutable_outcome();
  outcome.set_event_id("event-1");
  outcome.set_learner_seq(5);
  outcome.set_as_of_seq(6);
  outcome.mutable_graded_answer()->set_explanation("Because of the prior.");
  outcome.add_mastered_concept_ids("bayes");
  progress_.AnswerWrites(result);

  const auto answer = Call(&Stub::AnswerQuestion, Answer("r-1"));
  ASSERT_OK(answer);
  EXPECT_EQ(answer->outcome().SerializeAsString(), outcome.SerializeAsString());

  progress::v1::RecordEventsRequest expected;
  expected.set_learner_id("ada");
  auto& action = *expected.add_actions();
  action.set_request_id("r-1");
  action.mutable_occur_time()->set_seconds(1'700'000'000);
  action.mutable_answer_question()->set_question_id("bayes.shared");
  action.mutable_answer_question()->mutable_reply()->mutable_choice()->add_choice_ids("b");
  EXPECT_EQ(OnlyWrite().SerializeAsString(), expected.SerializeAsString());
  ASSERT_EQ(progress_.writers().size(), 1u);
  EXPECT_EQ(progress_.writers()[0].subject(), "ada");
  EXPECT_EQ(progress_.writers()[0].role(), identity::v1::ROLE_LEARNER);
}

TEST_F(GatewayWrites, ReviewReachesProgress) {
  learn::v1::ReviewCardRequest request;
  request.set_request_id("r-2");
  request.set_card_id("bayes.card");
  request.set_rating(events::v1::CARD_RATING_GOOD);
  ASSERT_OK(Call(&Stub::ReviewCard, request));
  const auto action = OnlyWrite().actions(0);
  EXPECT_EQ(action.request_id(), "r-2");
  EXPECT_FALSE(action.has_occur_time());
  EXPECT_EQ(action.review_card().card_id(), "bayes.card");
  EXPECT_EQ(action.review_card().rating(), events::v1::CARD_RATING_GOOD);
}

TEST_F(GatewayWrites, OpenedResourceReachesProgress) {
  learn::v1::OpenResourceRequest request;
  request.set_request_id("r-3");
  request.set_resource_id("stage-one");
  ASSERT_OK(Call(&Stub::OpenResource, request));
  EXPECT_EQ(OnlyWrite().actions(0).open_resource().resource_id(), "stage-one");
}

TEST_F(GatewayWrites, HintIsRecordedAndComesBack) {
  ActionResult result;
  result.mutable_outcome()->set_learner_seq(7);
  result.mutable_outcome()->mutable_shown_hint()->set_text("Think of the prior.");
  progress_.AnswerWrites(result);
  learn::v1::RequestHintRequest request;
  request.set_request_id("r-9");
  request.set_question_id("bayes.shared");
  const auto hint = Call(&Stub::RequestHint, request);
  ASSERT_OK(hint);
  EXPECT_EQ(hint->outcome().SerializeAsString(), result.outcome().SerializeAsString());
  EXPECT_EQ(OnlyWrite().learner_id(), "ada");
  EXPECT_EQ(OnlyWrite().actions(0).request_id(), "r-9");
  EXPECT_EQ(OnlyWrite().actions(0).request_hint().question_id(), "bayes.shared");
  request.set_request_id("");
  EXPECT_EQ(ReasonOf(Call(&Stub::RequestHint, request)), "REQUEST_ID_MISSING");
  request.set_request_id("r-10");
  request.set_question_id("no id");
  EXPECT_EQ(ReasonOf(Call(&Stub::RequestHint, request)), "MALFORMED_ID");
}

TEST_F(GatewayWrites, GateIsAskedForTheCaller) {
  learn::v1::GetGateRequest request;
  request.set_roadmap_id("ml");
  request.set_stage_id("one");
  const auto gate = Call(&Stub::GetGate, request);
  ASSERT_OK(gate);
  EXPECT_EQ(gate->gate().learner_id(), "ada");
  EXPECT_EQ(gate->gate().roadmap_id(), "ml");
  EXPECT_EQ(gate->gate().stage_id(), "one");
  request.clear_stage_id();
  EXPECT_OK(Call(&Stub::GetGate, request));
  request.set_roadmap_id("No Slug");
  EXPECT_EQ(ReasonOf(Call(&Stub::GetGate, request)), "MALFORMED_ID");
  request.set_roadmap_id("ml");
  request.set_stage_id("No Slug");
  EXPECT_EQ(ReasonOf(Call(&Stub::GetGate, request)), "MALFORMED_ID");
}

TEST_F(GatewayWrites, GateThatStaysShutIsNoError) {
  ActionResult result;
  auto& gate = *result.mutable_outcome()->mutable_gate_decision()->mutable_gate();
  gate.add_missing()->set_concept_id("bayes");
  progress_.AnswerWrites(result);
  learn::v1::RequestAdvanceRequest request;
  request.set_request_id("r-4");
  request.set_roadmap_id("ml");
  request.set_stage_id("one");
  const auto answer = Call(&Stub::RequestAdvance, request);
  ASSERT_OK(answer);
  EXPECT_FALSE(answer->outcome().gate_decision().granted());
  EXPECT_EQ(answer->outcome().gate_decision().gate().missing(0).concept_id(), "bayes");
  EXPECT_EQ(OnlyWrite().actions(0).request_advance().roadmap_id(), "ml");
  EXPECT_EQ(OnlyWrite().actions(0).request_advance().stage_id(), "one");
}

TEST_F(GatewayWrites, RefusedActionFailsTheCallWithItsReason) {
  for (const absl::StatusCode code : {absl::StatusCode::kInvalidArgument, absl::StatusCode::kNotFound,
                                      absl::StatusCode::kAlreadyExists, absl::StatusCode::kFailedPrecondition}) {
    ActionResult result;
    *result.mutable_error() =
        ToProto(MakeError(code, "SOME_REASON", "said by progress", {{"key", "value"}}), "progress.edirae");
    progress_.AnswerWrites(result);
    const auto answer = Call(&Stub::AnswerQuestion, Answer("r-5"));
    EXPECT_THAT(answer, StatusIs(code, "said by progress"));
    EXPECT_EQ(ReasonOf(answer), "SOME_REASON");
    EXPECT_EQ(ErrorInfoOf(answer.status()).domain(), "progress.edirae");
    EXPECT_EQ(ErrorInfoOf(answer.status()).metadata().at("key"), "value");
  }
}

TEST_F(GatewayWrites, EmptyResultIsAnInternalError) {
  progress_.AnswerWrites({});
  EXPECT_THAT(Call(&Stub::AnswerQuestion, Answer("r-6")), StatusIs(absl::StatusCode::kInternal));
}

TEST_F(GatewayWrites, RequestIdIsRequired) {
  const auto missing = Call(&Stub::AnswerQuestion, Answer(""));
  EXPECT_THAT(missing, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(missing), "REQUEST_ID_MISSING");
  EXPECT_EQ(ReasonOf(Call(&Stub::AnswerQuestion, Answer("a b"))), "MALFORMED_ID");
  EXPECT_EQ(ReasonOf(Call(&Stub::AnswerQuestion, Answer(std::string(65, 'x')))), "MALFORMED_ID");
  EXPECT_EQ(ReasonOf(Call(&Stub::RequestAdvance, learn::v1::RequestAdvanceRequest())), "REQUEST_ID_MISSING");
  EXPECT_TRUE(progress_.writes().empty());
}

TEST_F(GatewayWrites, EveryIdIsCheckedAndNamed) {
  const auto field_of = [](const auto& answer) {
    EXPECT_THAT(answer, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_EQ(ReasonOf(answer), "MALFORMED_ID");
    return ErrorInfoOf(answer.status()).metadata().at("field");
  };
  for (const std::string& bad : {std::string(), std::string(60'000, 'x'), std::string("a\x01")}) {
    AnswerQuestionRequest answer = Answer("r-1");
    answer.set_question_id(bad);
    EXPECT_EQ(field_of(Call(&Stub::AnswerQuestion, answer)), "question_id");
    learn::v1::ReviewCardRequest review;
    review.set_request_id("r-2");
    review.set_card_id(bad);
    EXPECT_EQ(field_of(Call(&Stub::ReviewCard, review)), "card_id");
    learn::v1::OpenResourceRequest opening;
    opening.set_request_id("r-3");
    opening.set_resource_id(bad);
    EXPECT_EQ(field_of(Call(&Stub::OpenResource, opening)), "resource_id");
    learn::v1::RequestAdvanceRequest advance;
    advance.set_request_id("r-4");
    advance.set_roadmap_id("ml");
    advance.set_stage_id(bad);
    EXPECT_EQ(field_of(Call(&Stub::RequestAdvance, advance)), "stage_id");
    advance.set_roadmap_id(bad);
    advance.set_stage_id("s");
    EXPECT_EQ(field_of(Call(&Stub::RequestAdvance, advance)), "roadmap_id");
  }
  EXPECT_TRUE(progress_.writes().empty());
}

TEST_F(GatewayWrites, CallersDeadlineHolds) {
  progress_.HoldWrites();
  const absl::Time start = absl::Now();
  EXPECT_THAT(CallWith(Bearer("ada"), &Stub::AnswerQuestion, Answer("r-7"), absl::Milliseconds(200)),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_LT(absl::Now() - start, absl::Seconds(5));
}

TEST_F(GatewayWrites, DeadProgressIsUnavailable) {
  progress_.backend().Kill();
  EXPECT_THAT(Call(&Stub::AnswerQuestion, Answer("r-8")), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace edirae::gateway
