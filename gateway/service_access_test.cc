#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gateway/limits.h"
#include "gateway/testing/gateway_test.h"

// Who may call what, and how much.
namespace edirae::gateway {
namespace {

using ::edirae::testing::Eventually;
using ::edirae::testing::StatusIs;
using learn::v1::GetHomeRequest;
using learn::v1::OpenResourceRequest;
using testing::kTokenSecret;

class GatewayAccess : public testing::GatewayTest {
 protected:
  static GetHomeRequest HomeOf(const std::string& learner_id) {
    GetHomeRequest request;
    request.set_learner_id(learner_id);
    request.set_roadmap_id("ml");
    return request;
  }

  static OpenResourceRequest Opening(const std::string& learner_id, const std::string& request_id) {
    OpenResourceRequest request;
    request.set_learner_id(learner_id);
    request.set_request_id(request_id);
    request.set_resource_id("stage-one");
    return request;
  }

  std::string ReasonWith(const std::string& authorization) {
    const auto home = CallWith(authorization, &Stub::GetHome, HomeOf(""));
    EXPECT_TRUE(home.ok() || absl::IsUnauthenticated(home.status())) << home.status();
    // Reads of the catalog need a token too.
    const auto roadmaps = CallWith(authorization, &Stub::ListRoadmaps, learn::v1::ListRoadmapsRequest());
    EXPECT_EQ(roadmaps.status().code(), home.status().code());
    return home.ok() ? "OK" : ReasonOf(home);
  }

  static std::string Minted(const std::string& secret, absl::Time now) {
    return "Bearer " + MintToken(secret, "ada", absl::Hours(1), now).value();
  }
};

TEST_F(GatewayAccess, TakesOnlyTokensThatProveALearner) {
  EXPECT_EQ(ReasonWith(Bearer("ada")), "OK");
  EXPECT_EQ(ReasonWith(""), "TOKEN_MISSING");
  EXPECT_EQ(ReasonWith("Bearer garbage"), "TOKEN_INVALID");
  EXPECT_EQ(ReasonWith("Basic YWRhOmFkYQ=="), "TOKEN_INVALID");
  EXPECT_EQ(ReasonWith("Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhZGEifQ."), "TOKEN_INVALID");
  EXPECT_EQ(ReasonWith(Minted("another-secret-of-thirty-two-bytes-or-more", clock_.Now())), "TOKEN_INVALID");
  EXPECT_EQ(ReasonWith(Minted(kTokenSecret, clock_.Now() - absl::Hours(2))), "TOKEN_EXPIRED");
  EXPECT_EQ(ReasonWith(Minted(kTokenSecret, clock_.Now() + absl::Hours(40 * 24))), "TOKEN_INVALID");
  EXPECT_EQ(ReasonWith(std::string("Bearer ") + testing::kServiceToken), "TOKEN_INVALID");
}

TEST_F(GatewayAccess, TokenStopsWorkingWhenItExpires) {
  const std::string bearer = Bearer("ada", absl::Hours(1));
  EXPECT_EQ(ReasonWith(bearer), "OK");
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(ReasonWith(bearer), "TOKEN_EXPIRED");
}

TEST_F(GatewayAccess, NoLearnerReadsOrWritesAnother) {
  EXPECT_OK(Call(&Stub::GetHome, HomeOf("ada")));
  const auto home = Call(&Stub::GetHome, HomeOf("bob"));
  EXPECT_THAT(home, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ReasonOf(home), "OTHER_SUBJECT");
  EXPECT_EQ(ErrorInfoOf(home.status()).domain(), "gateway.edirae");
  EXPECT_EQ(ReasonOf(Call(&Stub::OpenResource, Opening("bob", "r1"))), "OTHER_SUBJECT");

  learn::v1::AnswerQuestionRequest answer;
  answer.set_learner_id("bob");
  answer.set_request_id("r2");
  EXPECT_EQ(ReasonOf(Call(&Stub::AnswerQuestion, answer)), "OTHER_SUBJECT");
  learn::v1::ReviewCardRequest review;
  review.set_learner_id("bob");
  review.set_request_id("r3");
  EXPECT_EQ(ReasonOf(Call(&Stub::ReviewCard, review)), "OTHER_SUBJECT");
  learn::v1::RequestAdvanceRequest advance;
  advance.set_learner_id("bob");
  advance.set_request_id("r4");
  EXPECT_EQ(ReasonOf(Call(&Stub::RequestAdvance, advance)), "OTHER_SUBJECT");
  learn::v1::RequestHintRequest hint;
  hint.set_learner_id("bob");
  hint.set_request_id("r5");
  EXPECT_EQ(ReasonOf(Call(&Stub::RequestHint, hint)), "OTHER_SUBJECT");
  EXPECT_TRUE(progress_.writes().empty());
  learn::v1::GetGateRequest gate;
  gate.set_learner_id("bob");
  gate.set_roadmap_id("ml");
  EXPECT_EQ(ReasonOf(Call(&Stub::GetGate, gate)), "OTHER_SUBJECT");

  grpc::ClientContext context;
  context.AddMetadata("authorization", Bearer("ada"));
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  learn::v1::WatchHomeRequest watch;
  watch.set_learner_id("bob");
  watch.set_roadmap_id("ml");
  EXPECT_EQ(ErrorInfoOf(rpc::FromGrpc(stub_->WatchHome(&context, watch)->Finish())).reason(), "OTHER_SUBJECT");
}

TEST_F(GatewayAccess, MetadataCannotNameAnotherSubject) {
  grpc::ClientContext context;
  context.AddMetadata("authorization", Bearer("ada"));
  context.AddMetadata("x-edirae-subject", "bob");
  learn::v1::GetHomeResponse response;
  ASSERT_TRUE(stub_->GetHome(&context, HomeOf(""), &response).ok());
  EXPECT_EQ(response.home().progress().learner_id(), "ada");
}

TEST_F(GatewayAccess, OneCallHasOneAuthorization) {
  for (const char* second : {"bob", "ada"}) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", Bearer("ada"));
    context.AddMetadata("authorization", Bearer(second));
    learn::v1::GetHomeResponse response;
    const absl::Status refused = rpc::FromGrpc(stub_->GetHome(&context, HomeOf(""), &response));
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnauthenticated));
    EXPECT_EQ(ErrorInfoOf(refused).reason(), "TOKEN_INVALID");
  }
}

TEST_F(GatewayAccess, LargeRequestsAreRefused) {
  const auto answer = Call(&Stub::OpenResource, Opening("", std::string(limits::kMaxRequestBytes, 'r')));
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(answer), "REQUEST_TOO_LARGE");
  EXPECT_EQ(ErrorInfoOf(answer.status()).metadata().at("limit"), "65536");
  EXPECT_EQ(ReasonOf(Call(&Stub::GetHome, HomeOf(std::string(limits::kMaxRequestBytes, 'x')))), "REQUEST_TOO_LARGE");
}

TEST_F(GatewayAccess, ALearnerHasOnlySoManyCallsUnderWay) {
  progress_.HoldWrites();
  struct Pending {
    grpc::ClientContext context;
    learn::v1::OpenResourceRequest request;
    learn::v1::OpenResourceResponse response;
  };
  std::vector<std::unique_ptr<Pending>> calls;
  std::atomic<int> succeeded = 0;
  for (int i = 0; i < limits::kMaxCallsPerLearner; ++i) {
    auto& call = *calls.emplace_back(std::make_unique<Pending>());
    call.context.AddMetadata("authorization", Bearer("ada"));
    call.request = Opening("", "r" + std::to_string(i));
    stub_->async()->OpenResource(&call.context, &call.request, &call.response,
                                 [&](const grpc::Status& status) { succeeded += status.ok() ? 1 : 0; });
  }
  ASSERT_TRUE(Eventually([&] { return progress_.held() == limits::kMaxCallsPerLearner; }));

  const auto refused = Call(&Stub::GetHome, HomeOf(""));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(ReasonOf(refused), "TOO_MANY_REQUESTS");
  EXPECT_OK(CallWith(Bearer("bob"), &Stub::GetHome, HomeOf("")));

  progress_.Release();
  EXPECT_TRUE(Eventually([&] { return succeeded == limits::kMaxCallsPerLearner; }));
  EXPECT_OK(Call(&Stub::GetHome, HomeOf("")));
}

}  // namespace
}  // namespace edirae::gateway
