#include "services/catalog/rpc/revision_rpc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/catalog_feed/catalog_feed.h"
#include "common/catalog_feed/revision_assembler.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "services/catalog/testing/content_tree.h"
#include "services/catalog/testing/publish.h"

namespace edirae::catalog {
namespace {

using edirae::testing::Eventually;

constexpr char kToken[] = "0123456789abcdef0123456789abcdef";

class RevisionRpcTest : public ::testing::Test {
 protected:
  void Start(WatchLimits watch_limits = {}) {
    service_ = std::make_unique<RevisionRpc>(revisions_, authenticator_, metrics_, watch_limits);
    ASSERT_OK_AND_ASSIGN(
        server_, rpc::Server::Start({.listen = "127.0.0.1:0", .drain_delay = absl::ZeroDuration()}, {service_.get()}));
    stub_ = v1::RevisionService::NewStub(rpc::NewClientChannel(server_->address()));
  }

  ~RevisionRpcTest() override {
    if (server_ != nullptr) server_->Drain([this] { service_->Stop(); });
  }

  void Publish(v1::RevisionContent content = testing::GoodContent()) {
    testing::Publish(revisions_, std::move(content), absl::Now());
  }

  // One watcher, read by hand.
  struct Watcher {
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReader<v1::WatchRevisionsResponse>> reader;
    v1::WatchRevisionsResponse part;

    bool Read() { return reader->Read(&part); }
    // The number of the revision that ends next; 0 when the stream ends before.
    int64_t ReadRevision() {
      while (Read()) {
        if (part.has_end()) return part.end().revision();
      }
      return 0;
    }
    ~Watcher() { context.TryCancel(); }
  };

  std::unique_ptr<Watcher> Watch(int64_t held = 0, const std::string& token = kToken, const std::string& subject = "",
                                 const std::string& held_digest = "") {
    auto watcher = std::make_unique<Watcher>();
    if (!token.empty()) rpc::AddBearer(watcher->context, token);
    if (!subject.empty()) watcher->context.AddMetadata("x-edirae-subject", subject);
    watcher->context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
    v1::WatchRevisionsRequest request;
    request.set_held_revision(held);
    request.set_held_digest(held_digest);
    watcher->reader = stub_->WatchRevisions(&watcher->context, request);
    return watcher;
  }

  grpc::StatusCode Outcome(Watcher& watcher) {
    while (watcher.Read()) {
    }
    return watcher.reader->Finish().error_code();
  }

  Metrics metrics_;
  rpc::ServiceAuthenticator authenticator_{kToken};
  Revisions revisions_;
  std::unique_ptr<RevisionRpc> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::RevisionService::Stub> stub_;
};

// Content of about 3.5 MB.
v1::RevisionContent LargeContent() {
  v1::RevisionContent content = testing::GoodContent();
  const v1::KeyedQuestion pattern = content.questions(0);
  for (int i = 0; i < 500; ++i) {
    v1::KeyedQuestion& keyed = *content.add_questions();
    keyed = pattern;
    keyed.mutable_question()->set_question_id(absl::StrCat("water.more-", i));
    keyed.mutable_question()->set_prompt(absl::StrCat(i, std::string(7000, 'x')));
  }
  return content;
}

TEST_F(RevisionRpcTest, RefusesWhoeverIsNoService) {
  Start();
  Publish();
  EXPECT_EQ(Outcome(*Watch(0, "")), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(Outcome(*Watch(0, "another-token-of-the-right-length")), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(Outcome(*Watch(0, kToken, "ada")), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Outcome(*Watch(-1)), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(RevisionRpcTest, SendsLargeRevisionInBoundedPartsThatFitTogether) {
  Start();
  Publish(LargeContent());
  const auto watcher = Watch();
  const catalog_feed::DroppedFields nothing;
  catalog_feed::RevisionAssembler assembler(nullptr, nothing);
  std::shared_ptr<const CatalogRevision> whole;
  int parts = 0;
  while (whole == nullptr && watcher->Read()) {
    EXPECT_LE(watcher->part.ByteSizeLong(), limits::kMaxPartBytes);
    ++parts;
    ASSERT_OK_AND_ASSIGN(whole, assembler.Take(watcher->part.SerializeAsString()));
  }
  ASSERT_NE(whole, nullptr);
  EXPECT_GE(parts, 6);
  EXPECT_EQ(whole->number, 1);
  EXPECT_EQ(whole->content.SerializeAsString(), revisions_.Current()->revision.content().SerializeAsString());
}

TEST_F(RevisionRpcTest, SendsNothingThatIsHeldAndLaterRevisionsAsTheyCome) {
  Start();
  Publish();
  const auto watcher = Watch(/*held=*/1);
  ASSERT_TRUE(Eventually([&] { return metrics_.Text().find("edirae_catalog_watchers 1") != std::string::npos; }));
  Publish();
  ASSERT_TRUE(watcher->Read());
  EXPECT_EQ(watcher->part.begin().revision(), 2);
  EXPECT_EQ(watcher->ReadRevision(), 2);
  Publish();
  EXPECT_EQ(watcher->ReadRevision(), 3);
}

TEST_F(RevisionRpcTest, SendsTheNewestToWhoeverHoldsAnotherOfItsNumberOrOneThatIsNotThere) {
  Start({.heartbeat = absl::Milliseconds(20)});
  Publish();
  const std::string digest = revisions_.Current()->digest();
  const auto same = Watch(1, kToken, "", digest);
  ASSERT_TRUE(same->Read());
  EXPECT_TRUE(same->part.has_heartbeat());
  EXPECT_EQ(Watch(1, kToken, "", "0123456789abcdef")->ReadRevision(), 1);
  EXPECT_EQ(Watch(7, kToken, "", digest)->ReadRevision(), 1);
}

TEST_F(RevisionRpcTest, WaitsForTheFirstRevision) {
  Start({.heartbeat = absl::Milliseconds(20)});
  const auto watcher = Watch();
  ASSERT_TRUE(watcher->Read());
  EXPECT_TRUE(watcher->part.has_heartbeat());
  Publish();
  EXPECT_EQ(watcher->ReadRevision(), 1);
}

TEST_F(RevisionRpcTest, SendsHeartbeatAfterEachSilence) {
  Start({.heartbeat = absl::Milliseconds(20)});
  Publish();
  const auto watcher = Watch();
  ASSERT_EQ(watcher->ReadRevision(), 1);
  const absl::Time start = absl::Now();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(watcher->Read());
    EXPECT_TRUE(watcher->part.has_heartbeat());
  }
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(50));
}

TEST_F(RevisionRpcTest, LetsSlowWatcherSkipToTheNewestRevision) {
  Start();
  Publish(LargeContent());
  const auto slow = Watch();
  ASSERT_TRUE(slow->Read());
  ASSERT_EQ(slow->part.begin().revision(), 1);
  // Far more than the connection buffers for a client that does not read.
  constexpr int64_t kNewest = 20;
  for (int64_t i = 1; i < kNewest; ++i) Publish(LargeContent());
  int revisions = 0;
  int64_t last = 0;
  while (last != kNewest) {
    const int64_t next = slow->ReadRevision();
    ASSERT_GT(next, last);
    last = next;
    ++revisions;
  }
  EXPECT_LT(revisions, kNewest / 2);
}

TEST_F(RevisionRpcTest, BoundsTheNumberOfWatchersAndFreesTheirPlaces) {
  Start({.watchers = 1});
  Publish();
  auto first = Watch();
  ASSERT_EQ(first->ReadRevision(), 1);
  EXPECT_EQ(Outcome(*Watch()), grpc::StatusCode::RESOURCE_EXHAUSTED);
  first = nullptr;
  EXPECT_TRUE(Eventually([&] { return Watch()->ReadRevision() == 1; }));
}

TEST_F(RevisionRpcTest, EndsWithUnavailableWhenItStops) {
  Start();
  Publish();
  const auto watcher = Watch();
  ASSERT_EQ(watcher->ReadRevision(), 1);
  service_->Stop();
  EXPECT_EQ(Outcome(*watcher), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Outcome(*Watch()), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(RevisionRpcTest, SurvivesPublishingWhileWatchersComeAndGo) {
  Start({.heartbeat = absl::Milliseconds(1)});
  Publish();
  for (int round = 0; round < 30; ++round) {
    const auto one = Watch();
    const auto two = Watch(round);
    Publish();
    EXPECT_NE(one->ReadRevision(), 0);
  }
  EXPECT_TRUE(Eventually([&] { return metrics_.Text().find("edirae_catalog_watchers 0") != std::string::npos; }));
}

}  // namespace
}  // namespace edirae::catalog
