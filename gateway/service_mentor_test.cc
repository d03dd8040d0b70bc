#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/testing/status_matchers.h"
#include "edirae/progress/v1/mentor_service.grpc.pb.h"
#include "gateway/auth/token.h"
#include "gateway/testing/gateway_test.h"

// What learners note and hand in, and what mentors do with it, on their way to progress and back.
namespace edirae::gateway {
namespace {

using ::edirae::testing::StatusIs;
using learn::v1::RecordActivityRequest;
using progress::v1::LearnerAction;
using progress::v1::MentorService;

class GatewayActivities : public testing::GatewayTest {
 protected:
  LearnerAction Recorded() {
    const auto writes = progress_.writes();
    return writes.empty() ? LearnerAction() : writes.back().actions(0);
  }
  LearnerAction Record(const RecordActivityRequest& request) {
    EXPECT_OK(Call(&Stub::RecordActivity, request));
    return Recorded();
  }
};

TEST_F(GatewayActivities, EachReachesProgressAsItIs) {
  RecordActivityRequest request;
  request.set_request_id("r-1");
  request.mutable_occur_time()->set_seconds(1'700'000'000);
  request.mutable_enroll()->set_roadmap_id("ml");
  EXPECT_EQ(Record(request).enroll().roadmap_id(), "ml");
  EXPECT_EQ(Recorded().request_id(), "r-1");
  EXPECT_EQ(Recorded().occur_time().seconds(), 1'700'000'000);
  EXPECT_EQ(progress_.writes().back().learner_id(), "ada");
  request.mutable_set_goal()->mutable_goal()->set_hours_per_week(7);
  EXPECT_EQ(Record(request).set_goal().goal().hours_per_week(), 7);
  request.mutable_declare_prior_knowledge()->add_concepts()->set_concept_id("bayes");
  EXPECT_EQ(Record(request).declare_prior_knowledge().concepts(0).concept_id(), "bayes");
  request.mutable_finish_placement()->add_concept_ids("trees");
  EXPECT_EQ(Record(request).finish_placement().concept_ids(0), "trees");
  request.mutable_finish_resource()->set_resource_id("book");
  EXPECT_EQ(Record(request).finish_resource().resource_id(), "book");
  request.mutable_rate_resource()->set_stars(4);
  EXPECT_EQ(Record(request).rate_resource().stars(), 4);
  request.mutable_read_explanation()->set_concept_id("vectors");
  EXPECT_EQ(Record(request).read_explanation().concept_id(), "vectors");
  request.mutable_finish_project_step()->set_step_id("draft");
  EXPECT_EQ(Record(request).finish_project_step().step_id(), "draft");
  request.mutable_submit_milestone()->add_evidence()->set_url("https://example.org");
  EXPECT_EQ(Record(request).submit_milestone().evidence(0).url(), "https://example.org");
  request.mutable_withdraw_milestone()->set_milestone_id("work");
  EXPECT_EQ(Record(request).withdraw_milestone().milestone_id(), "work");
  request.mutable_pin_concepts()->add_pins()->set_concept_id("vectors");
  EXPECT_EQ(Record(request).pin_concepts().pins(0).concept_id(), "vectors");
  request.mutable_set_preferences()->mutable_preferences()->set_desired_retention_permille(850);
  EXPECT_EQ(Record(request).set_preferences().preferences().desired_retention_permille(), 850);
}

TEST_F(GatewayActivities, AreTheCallersOwn) {
  RecordActivityRequest request;
  request.mutable_enroll()->set_roadmap_id("ml");
  EXPECT_EQ(ReasonOf(Call(&Stub::RecordActivity, request)), "REQUEST_ID_MISSING");
  request.set_request_id("r-1");
  request.set_learner_id("bob");
  EXPECT_EQ(ReasonOf(Call(&Stub::RecordActivity, request)), "OTHER_SUBJECT");
  EXPECT_TRUE(progress_.writes().empty());
}

TEST_F(GatewayActivities, AnAnswerSaysHowLongItTookAndWhatWasSeen) {
  learn::v1::AnswerQuestionRequest answer;
  answer.set_request_id("r-1");
  answer.set_question_id("bayes.shared");
  answer.set_response_time_ms(4321);
  answer.set_catalog_revision(6);
  ASSERT_OK(Call(&Stub::AnswerQuestion, answer));
  EXPECT_EQ(Recorded().answer_question().response_time_ms(), 4321);
  EXPECT_EQ(Recorded().answer_question().catalog_revision(), 6);
}

TEST_F(GatewayActivities, ADecisionIsExplainedToTheCaller) {
  learn::v1::ExplainDecisionRequest request;
  request.set_event_id("event-1");
  const auto explained = Call(&Stub::ExplainDecision, request);
  ASSERT_OK(explained);
  EXPECT_EQ(explained->explanation().text(), "ada event-1");
  request.set_event_id("no id");
  EXPECT_EQ(ReasonOf(Call(&Stub::ExplainDecision, request)), "MALFORMED_ID");
  request.set_event_id("event-1");
  request.set_learner_id("bob");
  EXPECT_EQ(ReasonOf(Call(&Stub::ExplainDecision, request)), "OTHER_SUBJECT");
}

class GatewayMentors : public testing::GatewayTest {
 protected:
  void SetUp() override {
    GatewayTest::SetUp();
    mentors_ = MentorService::NewStub(rpc::NewClientChannel(gateway_->server().address()));
  }
  template <class Request, class Response>
  absl::StatusOr<Response> CallAs(identity::v1::Role role,
                                  grpc::Status (MentorService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                              Response*),
                                  const Request& request) {
    grpc::ClientContext context;
    context.AddMetadata(
        "authorization",
        absl::StrCat("Bearer ", MintToken(testing::kTokenSecret, "mia", absl::Hours(1), clock_.Now(), role).value()));
    Response response;
    const grpc::Status status = (mentors_.get()->*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  std::unique_ptr<MentorService::Stub> mentors_;
};

TEST_F(GatewayMentors, CallsOfMentorsReachProgressWithWhoCalls) {
  progress::v1::ReviewMilestoneRequest request;
  request.mutable_review()->set_submission_id("s-1");
  const auto reviewed = CallAs(identity::v1::ROLE_MENTOR, &MentorService::Stub::ReviewMilestone, request);
  ASSERT_OK(reviewed);
  EXPECT_EQ(reviewed->submission().submission_id(), "s-1");
  EXPECT_EQ(reviewed->submission().notes(), "mia") << "whom progress takes for the mentor";
}

TEST_F(GatewayMentors, NobodyElseGetsThrough) {
  for (const auto role : {identity::v1::ROLE_LEARNER, identity::v1::ROLE_AUTHOR}) {
    const auto refused = CallAs(role, &MentorService::Stub::ReviewMilestone, progress::v1::ReviewMilestoneRequest());
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied));
    EXPECT_EQ(ReasonOf(refused), "MENTORS_ONLY");
    EXPECT_EQ(ReasonOf(CallAs(role, &MentorService::Stub::ListMilestoneSubmissions,
                              progress::v1::ListMilestoneSubmissionsRequest())),
              "MENTORS_ONLY");
    EXPECT_EQ(ReasonOf(CallAs(role, &MentorService::Stub::ClaimMilestoneSubmission,
                              progress::v1::ClaimMilestoneSubmissionRequest())),
              "MENTORS_ONLY");
    EXPECT_EQ(ReasonOf(CallAs(role, &MentorService::Stub::ReleaseMilestoneSubmission,
                              progress::v1::ReleaseMilestoneSubmissionRequest())),
              "MENTORS_ONLY");
  }
}

TEST_F(GatewayMentors, AMentorLearnsToo) {
  grpc::ClientContext context;
  context.AddMetadata(
      "authorization",
      absl::StrCat(
          "Bearer ",
          MintToken(testing::kTokenSecret, "mia", absl::Hours(1), clock_.Now(), identity::v1::ROLE_MENTOR).value()));
  learn::v1::OpenResourceRequest request;
  request.set_request_id("r-1");
  request.set_resource_id("stage-one");
  learn::v1::OpenResourceResponse response;
  EXPECT_TRUE(stub_->OpenResource(&context, request, &response).ok());
  EXPECT_EQ(progress_.writes().back().learner_id(), "mia");
}

}  // namespace
}  // namespace edirae::gateway
