// Publishing through the gateway, which passes on what it does not read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "common/rpc/channel.h"
#include "common/rpc/limits.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "edirae/catalog/v1/authoring_service.grpc.pb.h"
#include "gateway/testing/gateway_test.h"
#include "grpcpp/generic/generic_stub.h"

namespace edirae::gateway {
namespace {

using catalog::v1::PublishRevisionRequest;
using catalog::v1::PublishRevisionResponse;
using edirae::testing::Eventually;

class GatewayPublishing : public testing::GatewayTest {
 protected:
  void SetUp() override {
    testing::GatewayTest::SetUp();
    authoring_ = catalog::v1::AuthoringService::NewStub(rpc::NewClientChannel(gateway_->server().address()));
  }

  void Prepare(grpc::ClientContext& context, identity::v1::Role role = identity::v1::ROLE_AUTHOR) const {
    rpc::AddBearer(context, MintToken(testing::kTokenSecret, "teacher", absl::Hours(1), clock_.Now(), role).value());
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  }

  static PublishRevisionRequest Head() {
    PublishRevisionRequest part;
    part.mutable_head()->set_note("better");
    return part;
  }

  // Of so many bytes, about.
  static PublishRevisionRequest Content(size_t bytes) {
    PublishRevisionRequest part;
    part.mutable_content()->add_roadmaps()->set_title(std::string(bytes, 'x'));
    return part;
  }

  static PublishRevisionRequest End() {
    PublishRevisionRequest part;
    part.mutable_end();
    return part;
  }

  // Sends the parts as far as they are taken, and says what came of it.
  absl::StatusOr<PublishRevisionResponse> Publish(const std::vector<PublishRevisionRequest>& parts,
                                                  identity::v1::Role role = identity::v1::ROLE_AUTHOR) {
    grpc::ClientContext context;
    Prepare(context, role);
    PublishRevisionResponse response;
    const auto writer = authoring_->PublishRevision(&context, &response);
    for (const auto& part : parts) {
      if (!writer->Write(part)) break;
    }
    writer->WritesDone();
    const grpc::Status status = writer->Finish();
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  std::unique_ptr<catalog::v1::AuthoringService::Stub> authoring_;
};

TEST_F(GatewayPublishing, PassesEveryPartOnAsItIs) {
  PublishRevisionRequest later = Content(1);
  later.mutable_content()->GetReflection()->MutableUnknownFields(later.mutable_content())->AddVarint(999, 7);
  const std::vector<PublishRevisionRequest> parts = {Head(), Content(3'000'000), later, Content(3'000'000), End()};
  ASSERT_OK_AND_ASSIGN(const auto response, Publish(parts));
  EXPECT_TRUE(response.published());
  EXPECT_EQ(response.revision().revision(), 5);
  const testing::ReceivedPublication received = catalog_.authoring().received();
  ASSERT_EQ(received.parts.size(), parts.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    EXPECT_EQ(received.parts[i].SerializeAsString(), parts[i].SerializeAsString()) << i;
  }
  EXPECT_EQ(received.subject, "teacher");
  EXPECT_EQ(received.role, rpc::kAuthorRole);
}

TEST_F(GatewayPublishing, AnswersAnAuthorWhoLeavesTheStreamOpen) {
  grpc::ClientContext context;
  Prepare(context);
  PublishRevisionResponse response;
  const auto writer = authoring_->PublishRevision(&context, &response);
  for (const auto& part : {Head(), Content(10), End()}) ASSERT_TRUE(writer->Write(part));
  EXPECT_TRUE(writer->Finish().ok());
  EXPECT_TRUE(response.published());
}

TEST_F(GatewayPublishing, WithoutAnEndTheCatalogSaysWhatIsWrong) {
  EXPECT_THAT(Publish({Head(), Content(10)}), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(GatewayPublishing, TellsWhyTheCatalogRefusesInTheMiddle) {
  catalog_.authoring().RefuseAfter(
      2, rpc::ToGrpc(MakeError(absl::StatusCode::kInvalidArgument, "TOO_MUCH", "enough"), "catalog.edirae"));
  const auto refused = Publish({Head(), Content(10), Content(3'000'000), Content(3'000'000), End()});
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(refused), "TOO_MUCH");
}

TEST_F(GatewayPublishing, APartHasABound) {
  EXPECT_THAT(Publish({Head(), Content(rpc::limits::kMaxReceiveBytes), End()}),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST_F(GatewayPublishing, BytesThatAreNoPartAreTheCatalogsToRefuse) {
  grpc::ClientContext context;
  Prepare(context);
  const grpc::Slice garbage("\xff\xff\xff");
  const grpc::ByteBuffer part(&garbage, 1);
  class Call final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    void OnDone(const grpc::Status& status) override { ended.set_value(status); }
    std::promise<grpc::Status> ended;
  } call;
  grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer>(rpc::NewClientChannel(gateway_->server().address()))
      .PrepareBidiStreamingCall(&context, "/edirae.catalog.v1.AuthoringService/PublishRevision", {}, &call);
  call.StartWriteLast(&part, {});
  call.StartCall();
  EXPECT_EQ(call.ended.get_future().get().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(catalog_.authoring().received().parts.empty());
}

TEST_F(GatewayPublishing, WhatIsUnderWayWhenItStopsIsToldWhy) {
  grpc::ClientContext context;
  Prepare(context);
  PublishRevisionResponse response;
  const auto writer = authoring_->PublishRevision(&context, &response);
  ASSERT_TRUE(writer->Write(Head()));
  ASSERT_TRUE(Eventually([&] { return catalog_.authoring().received().parts.size() == 1; }));
  const std::jthread stop([this] { gateway_->Stop(); });
  EXPECT_EQ(ErrorInfoOf(rpc::FromGrpc(writer->Finish())).reason(), "STOPPING");
}

TEST_F(GatewayPublishing, WhatHasComeWhollyIsAnsweredThoughItStops) {
  catalog_.authoring().Hold();
  auto published = std::async(std::launch::async, [this] { return Publish({Head(), Content(1), End()}); });
  ASSERT_TRUE(Eventually([&] { return catalog_.authoring().received().parts.size() == 3; }));
  const std::jthread stop([this] { gateway_->Stop(); });
  ASSERT_TRUE(Eventually([&] { return ReasonOf(Publish({Head(), End()})) == "STOPPING"; }));
  catalog_.authoring().Release();
  ASSERT_OK_AND_ASSIGN(const auto response, published.get());
  EXPECT_TRUE(response.published());
}

TEST_F(GatewayPublishing, LearnersAreRefusedAtTheDoor) {
  const auto refused = Publish({Head(), End()}, identity::v1::ROLE_LEARNER);
  EXPECT_EQ(ReasonOf(refused), "AUTHORS_ONLY");
  EXPECT_TRUE(catalog_.authoring().received().parts.empty());
}

}  // namespace
}  // namespace edirae::gateway
