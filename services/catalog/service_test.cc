#include "services/catalog/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/catalog_feed/catalog_feed.h"
#include "common/rpc/channel.h"
#include "common/rpc/mux_client.h"
#include "common/rpc/unary.h"
#include "common/testing/eventually.h"
#include "common/testing/free_port.h"
#include "common/testing/status_matchers.h"
#include "edirae/catalog/v1/catalog_service.grpc.pb.h"
#include "services/catalog/testing/content_tree.h"

namespace edirae::catalog {
namespace {

using edirae::testing::Eventually;
using edirae::testing::FreePort;
using edirae::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kToken[] = "0123456789abcdef0123456789abcdef";

class CatalogServiceTest : public ::testing::Test {
 protected:
  CatalogSettings Settings() {
    CatalogSettings settings;
    settings.content = tree_.Write();
    settings.data = data_.path();
    settings.service_token = kToken;
    settings.server.drain_delay = absl::ZeroDuration();
    return settings;
  }

  absl::StatusOr<std::unique_ptr<CatalogService>> Start(const CatalogSettings& settings) {
    return CatalogService::Start(settings, metrics_, clock_);
  }

  // Publishes what an author changed.
  absl::StatusOr<PublishOutcome> Publish(CatalogService& service, v1::RevisionContent content, int64_t head) {
    return service.publisher().Publish({.content = std::move(content), .sources = {}},
                                       {.author = "ada", .note = "better", .request_id = "", .expected_head = head});
  }

  const edirae::testing::TempFolder data_;
  testing::ContentTree tree_;
  Metrics metrics_;
  const FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
};

// What a follower has received.
class Received {
 public:
  CatalogFeed::OnRevision Taker() {
    return [this](std::shared_ptr<const CatalogRevision> revision) {
      const std::lock_guard lock(mutex_);
      newest_ = std::move(revision);
    };
  }
  bool Has(int64_t number) {
    const std::lock_guard lock(mutex_);
    return newest_ != nullptr && newest_->number == number;
  }
  std::shared_ptr<const CatalogRevision> newest() {
    const std::lock_guard lock(mutex_);
    return newest_;
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<const CatalogRevision> newest_;
};

grpc::Status GetRoadmap(const std::shared_ptr<grpc::Channel>& channel, const std::string& token,
                        v1::GetRoadmapResponse& response) {
  grpc::ClientContext context;
  if (!token.empty()) rpc::AddBearer(context, token);
  v1::GetRoadmapRequest request;
  request.set_roadmap_id("cooking");
  return v1::CatalogService::NewStub(channel)->GetRoadmap(&context, request, &response);
}

TEST_F(CatalogServiceTest, ServesServicesOnlyInProcessToo) {
  ASSERT_OK_AND_ASSIGN(const auto service, Start(Settings()));
  v1::GetRoadmapResponse response;
  const auto channel = service->server().InProcessChannel();
  const grpc::Status status = GetRoadmap(channel, kToken, response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.roadmap().title(), "Cooking");
  EXPECT_EQ(response.catalog_revision(), 1);
  EXPECT_EQ(GetRoadmap(channel, "", response).error_code(), grpc::StatusCode::UNAUTHENTICATED);
  service->Stop();
}

TEST_F(CatalogServiceTest, ServesTheSameMethodsOverTheBatchedStream) {
  ASSERT_OK_AND_ASSIGN(const auto service, Start(Settings()));
  rpc::MuxClient client(service->server().InProcessChannel(), kToken);
  rpc::CallContext context;
  context.principal.set_subject("ada");
  context.principal.set_role(identity::v1::ROLE_LEARNER);
  context.deadline = absl::Now() + absl::Seconds(10);
  v1::GetRoadmapRequest request;
  request.set_roadmap_id("cooking");
  std::atomic<bool> answered = false;
  client.Call(kGetRoadmap, context, request.SerializeAsString(), [&answered](const absl::StatusOr<rpc::Bytes>& bytes) {
    v1::GetRoadmapResponse response;
    EXPECT_TRUE(bytes.ok() && response.ParseFromString(**bytes)) << bytes.status();
    EXPECT_EQ(response.roadmap().title(), "Cooking");
    answered = true;
  });
  EXPECT_TRUE(Eventually([&] { return answered.load(); }));
}

TEST_F(CatalogServiceTest, RefusesToStartOnBadContentAndPrintsEveryFinding) {
  tree_.Replace("cooking/roadmap.yaml", "title: Cooking", "titel: Cooking");
  tree_.Replace("cooking/concepts/water/questions.yaml", "correct: true", "correct: false");
  EXPECT_THAT(
      Start(Settings()),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr("water/questions.yaml:7:5: a single_choice question needs exactly one right choice"),
                     HasSubstr("roadmap.yaml:2:1: the roadmap knows no key 'titel'; did you mean 'title'?"))));
}

TEST_F(CatalogServiceTest, RefusesToStartWithShortTokenOrTakenPort) {
  CatalogSettings settings = Settings();
  settings.service_token = "short";
  EXPECT_THAT(Start(settings), StatusIs(absl::StatusCode::kInvalidArgument));
  settings.service_token = kToken;
  settings.server.listen = "127.0.0.1:0";
  ASSERT_OK_AND_ASSIGN(const auto first, Start(settings));
  settings.server.listen = first->server().address();
  const edirae::testing::TempFolder other;
  settings.data = other.path();
  EXPECT_THAT(Start(settings), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(CatalogServiceTest, FeedsFollowersEachRevisionWithItsKeys) {
  ASSERT_OK_AND_ASSIGN(const auto service, Start(Settings()));
  Received received;
  const CatalogFeed feed(service->server().InProcessChannel(), kToken, received.Taker());
  ASSERT_TRUE(Eventually([&] { return received.Has(1); }));
  EXPECT_EQ(received.newest()->publish_time, clock_.Now());
  EXPECT_EQ(received.newest()->content.questions(0).key().explanation(), "KEY-explanation");
  v1::RevisionContent next = testing::GoodContent();
  next.mutable_roadmaps(0)->set_title("Cooking well");
  ASSERT_OK(Publish(*service, std::move(next), 1));
  ASSERT_TRUE(Eventually([&] { return received.Has(2); }));
  EXPECT_EQ(received.newest()->content.roadmaps(0).title(), "Cooking well");
}

TEST_F(CatalogServiceTest, ServesWhatWasPublishedAfterARestartWithoutContent) {
  CatalogSettings settings = Settings();
  v1::GetRoadmapResponse response;
  {
    ASSERT_OK_AND_ASSIGN(const auto service, Start(settings));
    v1::RevisionContent next = testing::GoodContent();
    next.mutable_roadmaps(0)->set_title("Cooking well");
    ASSERT_OK(Publish(*service, std::move(next), 1));
    service->Stop();
  }
  settings.content.clear();
  ASSERT_OK_AND_ASSIGN(const auto service, Start(settings));
  ASSERT_TRUE(GetRoadmap(service->server().InProcessChannel(), kToken, response).ok());
  EXPECT_EQ(response.roadmap().title(), "Cooking well");
  EXPECT_EQ(response.catalog_revision(), 2);
  service->Stop();
}

TEST_F(CatalogServiceTest, PublishesTheDeploymentsContentOnlyWhenItDiffers) {
  CatalogSettings settings = Settings();
  for (const auto& [title, revision] : {std::pair("Cooking", 1), std::pair("Cooking", 1), std::pair("Baking", 2)}) {
    if (revision == 2) tree_.Replace("cooking/roadmap.yaml", "title: Cooking", "title: Baking");
    settings.content = tree_.Write();
    ASSERT_OK_AND_ASSIGN(const auto service, Start(settings));
    v1::GetRoadmapResponse response;
    ASSERT_TRUE(GetRoadmap(service->server().InProcessChannel(), kToken, response).ok());
    EXPECT_EQ(response.roadmap().title(), title);
    EXPECT_EQ(response.catalog_revision(), revision);
    service->Stop();
  }
}

TEST_F(CatalogServiceTest, DoesNotUndoWhatAuthorsPublishedWhateverContentTheDeploymentHas) {
  CatalogSettings settings = Settings();
  {
    ASSERT_OK_AND_ASSIGN(const auto service, Start(settings));
    v1::RevisionContent next = testing::GoodContent();
    next.mutable_roadmaps(0)->set_title("Cooking well");
    ASSERT_OK(Publish(*service, std::move(next), 1));
    service->Stop();
  }
  for (const char* title : {"Cooking", "Baking"}) {  // as before, and new
    if (title != absl::string_view("Cooking")) tree_.Replace("cooking/roadmap.yaml", "title: Cooking", "title: Baking");
    settings.content = tree_.Write();
    ASSERT_OK_AND_ASSIGN(const auto service, Start(settings));
    v1::GetRoadmapResponse response;
    ASSERT_TRUE(GetRoadmap(service->server().InProcessChannel(), kToken, response).ok());
    EXPECT_EQ(response.roadmap().title(), "Cooking well") << title;
    EXPECT_EQ(response.catalog_revision(), 2) << title;
    service->Stop();
  }
}

TEST_F(CatalogServiceTest, ServesTheStoredRevisionOnWhenTheDeploymentsContentIsRefused) {
  CatalogSettings settings = Settings();
  ASSERT_OK_AND_ASSIGN(auto first, Start(settings));
  first->Stop();
  first = nullptr;
  // Good by itself, but a concept has gone without a word.
  tree_.Replace("cooking/stages/dishes.yaml", "[soup, garnish]", "[soup]");
  for (const std::string& file : tree_.FilesIn("cooking/concepts/garnish")) tree_.Remove(file);
  std::filesystem::remove_all(tree_.Write() + "/cooking/concepts");
  settings.content = tree_.Write();
  ASSERT_THAT(FindingsIn(tree_), ::testing::IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto service, Start(settings));
  v1::GetRoadmapResponse response;
  ASSERT_TRUE(GetRoadmap(service->server().InProcessChannel(), kToken, response).ok());
  EXPECT_EQ(response.catalog_revision(), 1);
  EXPECT_EQ(response.roadmap().stages(1).concepts_size(), 2);
  service->Stop();
}

TEST_F(CatalogServiceTest, RefusesToStartWithNothingToServe) {
  CatalogSettings settings = Settings();
  settings.content.clear();
  EXPECT_THAT(Start(settings), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no revision is stored")));
}

TEST_F(CatalogServiceTest, FollowersCatchUpAfterARestart) {
  CatalogSettings settings = Settings();
  settings.server.listen = absl::StrCat("127.0.0.1:", FreePort());
  auto first = Start(settings);
  ASSERT_OK(first);
  Received received;
  const CatalogFeed feed(rpc::NewChannel(settings.server.listen), kToken, received.Taker());
  ASSERT_TRUE(Eventually([&] { return received.Has(1); }));
  const auto before = received.newest();
  (*first)->Stop();
  *first = nullptr;
  ASSERT_OK_AND_ASSIGN(const auto second, Start(settings));
  v1::RevisionContent next = testing::GoodContent();
  next.mutable_roadmaps(0)->set_title("Cooking well");
  ASSERT_OK(Publish(*second, std::move(next), 1));
  ASSERT_TRUE(Eventually([&] { return received.Has(2); }, absl::Seconds(20)));
  const auto after = received.newest();
  EXPECT_EQ(after->content.roadmaps(0).title(), "Cooking well");
  EXPECT_EQ(&after->content.questions(0), &before->content.questions(0)) << "only what is new was sent";
  second->Stop();
}

}  // namespace
}  // namespace edirae::catalog
