// What the platform refuses, as a client sees it.
#include <algorithm>

#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "edirae/catalog/v1/catalog_service.grpc.pb.h"
#include "edirae/catalog/v1/revision_service.grpc.pb.h"
#include "edirae/progress/v1/progress_service.grpc.pb.h"
#include "gtest/gtest.h"
#include "tests/e2e/answers.h"
#include "tests/platform/platform_fixture.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

using Stub = cli::Session::Learn::Stub;

constexpr char kConcept[] = "supervised-learning";

// One of them that asks for choices.
const catalog::v1::Question& OfChoices(const std::vector<catalog::v1::Question>& questions) {
  return *std::find_if(questions.begin(), questions.end(), [](const catalog::v1::Question& question) {
    return question.kind() == catalog::v1::QUESTION_KIND_SINGLE_CHOICE;
  });
}

class RefusalTest : public PlatformFixture {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(StartSplit());
    ada_ = std::make_unique<Student>(*platform_, platform_->gateway().address(), "ada");
  }

  std::unique_ptr<Student> ada_;
};

TEST_F(RefusalTest, NobodyWithoutAToken) {
  const cli::Session stranger({.address = platform_->gateway().address()});
  learn::v1::GetRoadmapRequest request;
  request.set_roadmap_id(kRoadmap);
  EXPECT_THAT(stranger.Call(&Stub::GetRoadmap, request), StatusIs(absl::StatusCode::kUnauthenticated));
}

TEST_F(RefusalTest, NoLearnerReadsOrWritesForAnother) {
  learn::v1::GetHomeRequest read;
  read.set_learner_id("bob");
  read.set_roadmap_id(kRoadmap);
  EXPECT_THAT(ada_->session().Call(&Stub::GetHome, read), StatusIs(absl::StatusCode::kPermissionDenied));
  learn::v1::OpenResourceRequest write;
  write.set_learner_id("bob");
  write.set_request_id("r1");
  write.set_resource_id("anything");
  EXPECT_THAT(ada_->session().Call(&Stub::OpenResource, write), StatusIs(absl::StatusCode::kPermissionDenied));
  learn::v1::WatchHomeRequest watch;
  watch.set_learner_id("bob");
  watch.set_roadmap_id(kRoadmap);
  grpc::ClientContext context;
  ada_->session().Prepare(context, absl::Seconds(10));
  const auto stream = ada_->session().stub().WatchHome(&context, watch);
  learn::v1::WatchHomeResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(RefusalTest, TheServicesBehindTheGatewayTakeNoLearnersToken) {
  const auto stub = progress::v1::ProgressService::NewStub(rpc::NewClientChannel(platform_->progress().address()));
  grpc::ClientContext context;
  rpc::AddBearer(context, ada_->session().settings().token);
  progress::v1::ListLearnerEventsRequest request;
  request.set_learner_id("ada");
  progress::v1::ListLearnerEventsResponse response;
  EXPECT_EQ(stub->ListLearnerEvents(&context, request, &response).error_code(), grpc::StatusCode::UNAUTHENTICATED);

  const auto revisions = catalog::v1::RevisionService::NewStub(rpc::NewClientChannel(platform_->catalog().address()));
  grpc::ClientContext watching;
  rpc::AddBearer(watching, ada_->session().settings().token);
  const auto stream = revisions->WatchRevisions(&watching, catalog::v1::WatchRevisionsRequest());
  catalog::v1::WatchRevisionsResponse part;
  EXPECT_FALSE(stream->Read(&part));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(RefusalTest, UnknownIdsAreNamed) {
  EXPECT_THAT(ada_->Answer("supervised-learning.no-such-question", Choose({"a"}), "r1"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(ada_->Questions("no-such-concept"), StatusIs(absl::StatusCode::kNotFound));
  learn::v1::GetRoadmapRequest roadmap;
  roadmap.set_roadmap_id("no-such-roadmap");
  const absl::Status status = ada_->session().Call(&Stub::GetRoadmap, roadmap).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(ErrorInfoOf(status).reason().empty());
  ASSERT_OK_AND_ASSIGN(const auto history, HistoryOf(*platform_, "ada"));
  EXPECT_TRUE(history.empty()) << "what is refused leaves no trace";
}

TEST_F(RefusalTest, MalformedAndUnknownChoices) {
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(kConcept));
  const catalog::v1::Question& asked = OfChoices(questions);
  const std::string& question = asked.question_id();
  EXPECT_THAT(ada_->Answer(question, Choose({}), "r1"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ada_->Answer(question, Choose({"no-such-choice"}), "r2"), StatusIs(absl::StatusCode::kInvalidArgument));
  const std::string choice = asked.choices(0).choice_id();
  EXPECT_THAT(ada_->Answer(question, Choose({choice, choice}), "r3"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ada_->Answer(question, Choose({choice}), ""), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ada_->Answer(question, Choose({choice}), "not an id"), StatusIs(absl::StatusCode::kInvalidArgument));
  catalog::v1::Reply of_another_kind;
  of_another_kind.mutable_number()->set_value(1);
  EXPECT_THAT(ada_->Answer(question, of_another_kind, "r4"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(RefusalTest, ARequestIdMeansOneThingForEver) {
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(kConcept));
  const catalog::v1::Question& question = OfChoices(questions);
  ASSERT_OK(ada_->Answer(question.question_id(), Choose({question.choices(0).choice_id()}), "r1"));
  EXPECT_THAT(ada_->Answer(question.question_id(), Choose({question.choices(1).choice_id()}), "r1"),
              StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_F(RefusalTest, MessagesThatAreTooLarge) {
  EXPECT_THAT(ada_->Answer(std::string(5 << 20, 'x'), Choose({"a"}), "r1"),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_OK(ada_->Home()) << "the others go on";
}

TEST_F(RefusalTest, NoAnswerKeyReachesALearner) {
  ASSERT_OK_AND_ASSIGN(const cli::AnswerSheet sheet, AnswersOf(*platform_));
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(kConcept));
  ASSERT_FALSE(questions.empty());
  for (const catalog::v1::Question& question : questions) {
    // Had a field beyond the contract been sent, the parser would have kept it here.
    EXPECT_TRUE(question.GetReflection()->GetUnknownFields(question).empty()) << question.question_id();
    EXPECT_OK(sheet.Right(question.question_id()));
  }
}

}  // namespace
}  // namespace edirae::testing
