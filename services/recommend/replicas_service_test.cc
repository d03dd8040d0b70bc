// Several replicas over one PostgreSQL and one bus: whatever changes hands, nothing is lost and nothing counts twice.
#include <atomic>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/ids/ids.h"
#include "common/rpc/unary.h"
#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/shared_postgres.h"
#include "gmock/gmock.h"
#include "services/recommend/adapters/model_files.h"
#include "services/recommend/adapters/postgres_checkpoint_store.h"
#include "services/recommend/testing/service_fixture.h"

namespace edirae::recommend {
namespace {

using edirae::testing::Eventually;
using testing::History;

class ReplicasTest : public testing::ServiceFixture {
 protected:
  struct Replica {
    std::unique_ptr<Metrics> metrics = std::make_unique<Metrics>();
    std::unique_ptr<RecommendService> service;
    std::unique_ptr<v1::RecommendService::Stub> stub;
  };

  void SetUp() override {
    testing::ServiceFixture::SetUp();
    StopService();  // the one with SQLite
  }
  void TearDown() override {
    replicas_.clear();
    testing::ServiceFixture::TearDown();
  }

  std::string StoreUrl() { return edirae::testing::DatabaseOf(folder()); }

  // (Re)starts replica `ordinal` as one of `count`.
  void StartReplica(int ordinal, int count) {
    RecommendSettings settings = Settings();
    settings.data.clear();
    settings.store = StoreUrl();
    settings.replicas = count;
    settings.ordinal = ordinal;
    replicas_.erase(ordinal);
    Replica replica;
    auto service = RecommendService::Start(settings, *replica.metrics, clock_, catalog_.Channel(), progress_.Channel());
    ASSERT_OK(service);
    replica.service = *std::move(service);
    replica.stub = v1::RecommendService::NewStub(replica.service->server().InProcessChannel());
    replicas_[ordinal] = std::move(replica);
  }

  absl::StatusOr<v1::NextSteps> Ask(int ordinal, const std::string& learner_id) {
    v1::SuggestRequest request;
    request.set_learner_id(learner_id);
    request.set_roadmap_id("maths");
    v1::SuggestResponse response;
    const auto context = ContextFor("");
    const grpc::Status status = replicas_.at(ordinal).stub->Suggest(context.get(), request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response.next_steps();
  }

  // Publishes what the histories have got since the last call.
  void PublishNews() {
    std::vector<events::v1::LearnerEvent> news;
    for (auto& [history, published] : histories_) {
      for (; published < history.events().size(); ++published) news.push_back(history.events()[published]);
    }
    Publish(news);
  }
  void Everybody(int answers) {
    for (int i = 0; i < answers; ++i) {
      for (auto& [history, published] : histories_) {
        history.Answer("vectors", 1 + i % 3, (i + answers) % 4 != 0);
      }
    }
    PublishNews();
  }

  // Whoever owns a learner answers as somebody would who had folded everything alone, and the store has the same.
  void ExpectEverythingOnce() {
    ASSERT_OK_AND_ASSIGN(const auto store,
                         PostgresCheckpointStore::Open(StoreUrl(), FoldNameOf(testing::SampleModels())));
    for (const auto& [history, published] : histories_) {
      const std::string learner = history.events().front().learner_id();
      const v1::NextSteps expected = Expected(history);
      absl::StatusOr<v1::NextSteps> answered;
      EXPECT_TRUE(Eventually(
          [&] {
            for (const auto& [ordinal, replica] : replicas_) {
              answered = Ask(ordinal, learner);
              if (answered.ok() && answered->as_of_seq() == expected.as_of_seq()) return true;
            }
            return false;
          },
          absl::Seconds(30)))
          << learner << ": " << answered.status() << " " << (answered.ok() ? answered->as_of_seq() : -1);
      if (answered.ok()) {
        EXPECT_EQ(answered->DebugString(), expected.DebugString());
      }
      EXPECT_TRUE(Eventually(
          [&] {
            const auto saved = store->Load(learner);
            return saved.ok() && *saved != nullptr && **saved == history.Fold();
          },
          absl::Seconds(10)))
          << learner;
    }
  }
  int64_t Owned(int ordinal) {
    for (const std::string& line :
         std::vector<std::string>(absl::StrSplit(replicas_.at(ordinal).metrics->Text(), '\n'))) {
      int64_t value = 0;
      if (absl::StartsWith(line, "edirae_recommend_partitions_owned ") &&
          absl::SimpleAtoi(line.substr(line.find(' ') + 1), &value)) {
        return value;
      }
    }
    return -1;
  }
  bool Own(int ordinal, int64_t count) {
    return Eventually([&] { return Owned(ordinal) == count; }, absl::Seconds(20));
  }

  std::map<int, Replica> replicas_;  // by ordinal
  std::vector<std::pair<History, size_t>> histories_ = [] {
    std::vector<std::pair<History, size_t>> histories;
    for (int i = 0; i < 150; ++i) histories.emplace_back(History(absl::StrCat("learner", i)), 0);
    return histories;
  }();
};

TEST_F(ReplicasTest, PartitionsChangeHandsWithoutLossFromOneToThreeAndBack) {
  StartReplica(0, 1);
  ASSERT_TRUE(Own(0, 64));
  std::atomic<bool> done = false;
  std::mutex news;
  std::thread class_room([&] {
    while (!done) {
      {
        const std::lock_guard lock(news);
        Everybody(1);
      }
      absl::SleepFor(absl::Milliseconds(50));
    }
  });
  // As a StatefulSet does it: the highest ordinal first.
  StartReplica(1, 2);
  StartReplica(0, 2);
  EXPECT_TRUE(Own(0, 32));
  EXPECT_TRUE(Own(1, 32));
  for (int ordinal : {2, 1, 0}) StartReplica(ordinal, 3);
  EXPECT_TRUE(Own(0, 22));
  EXPECT_TRUE(Own(1, 21));
  EXPECT_TRUE(Own(2, 21));
  replicas_.erase(2);
  for (int ordinal : {1, 0}) StartReplica(ordinal, 2);
  EXPECT_TRUE(Own(0, 32));
  EXPECT_TRUE(Own(1, 32));
  done = true;
  class_room.join();
  ExpectEverythingOnce();
}

TEST_F(ReplicasTest, WhoDoesNotOwnALearnerSaysWhoDoes) {
  for (int ordinal : {0, 1}) StartReplica(ordinal, 2);
  ASSERT_TRUE(Own(0, 32));
  ASSERT_TRUE(Own(1, 32));
  Everybody(1);
  ExpectEverythingOnce();
  for (const auto& [history, published] : histories_) {
    const std::string learner = history.events().front().learner_id();
    const int owner = PartitionOf(learner) % 2;
    EXPECT_OK(Ask(owner, learner));
    errors::v1::ErrorInfo info;
    EXPECT_TRUE(Eventually([&] {
      info = ErrorInfoOf(Ask(1 - owner, learner).status());
      return info.metadata().contains("owner");
    }));
    EXPECT_EQ(info.reason(), "OTHER_REPLICA");
    EXPECT_EQ(info.metadata().at("partition"), absl::StrCat(PartitionOf(learner)));
    EXPECT_EQ(info.metadata().at("owner"), absl::StrCat(owner));
  }
}

TEST_F(ReplicasTest, TwoWhoBothBelieveThatTheyOwnEverythingDoNotSpoilAnything) {
  StartReplica(0, 1);
  ASSERT_TRUE(Own(0, 64));
  Everybody(3);
  ExpectEverythingOnce();
  Replica older = std::move(replicas_.at(0));
  StartReplica(0, 1);  // the same ordinal takes over at once
  for (int round = 0; round < 10; ++round) Everybody(2);
  ASSERT_TRUE(Own(0, 64));
  ExpectEverythingOnce();
  older.stub.reset();
  older.service.reset();
  ExpectEverythingOnce();
}

TEST_F(ReplicasTest, AStreamThatIsMadeAnewIsReadFromItsStart) {
  StartReplica(0, 1);
  ASSERT_TRUE(Own(0, 64));
  Everybody(3);
  ExpectEverythingOnce();
  DeleteStream();
  CreateStream();
  for (auto& [history, published] : histories_) published = 0;
  Everybody(2);
  ExpectEverythingOnce();
}

}  // namespace
}  // namespace edirae::recommend
