// Two replicas of recommend share their partitions in PostgreSQL: kill -9 of each while students answer, one that
// stands still while a successor takes its place, and the gateway finds whoever owns a learner.
#include <initializer_list>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/class_under_load.h"
#include "tests/platform/platform_fixture.h"
#include "tests/platform/socket.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

constexpr int kClass = 16;
constexpr int kAnswersBetweenKills = 200;
constexpr int kAnswersBetweenPauses = 200;

class ReplicasTest : public PlatformFixture {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(server_, PostgresServer::Start());
    ASSERT_OK_AND_ASSIGN(const std::string url, server_->NewDatabase("checkpoints"));
    ASSERT_NO_FATAL_FAILURE(StartSplit({.checkpoints_url = url, .recommend_replicas = 2}));
  }
  void TearDown() override { PlatformFixture::TearDown(); }

  // Somebody owns each of them, and is found.
  void ExpectNextStepsFor(absl::string_view newcomers) {
    for (int i = 0; i < kClass; ++i) {
      const Student student(*platform_, platform_->gateway().address(), absl::StrCat(newcomers, "-", i));
      EXPECT_TRUE(Eventually([&] {
        const auto home = student.Home();
        return home.ok() && home->has_next_steps();
      })) << student.id();
    }
  }

  std::unique_ptr<PostgresServer> server_;
};

TEST_F(ReplicasTest, KilledInTurnTheyLoseNothingAndTheGatewayFindsTheOwner) {
  ClassUnderLoad load(*platform_, kClass);
  for (const int ordinal : {1, 0}) {
    ASSERT_TRUE(load.WaitForMore(kAnswersBetweenKills));
    platform_->recommend(ordinal).Kill();
    ASSERT_TRUE(load.WaitForMore(kAnswersBetweenKills)) << "answers did not go on";
    ASSERT_OK(platform_->recommend(ordinal).Start());
    ASSERT_OK(platform_->recommend(ordinal).WaitReady());
  }
  ASSERT_TRUE(load.WaitForMore(kAnswersBetweenKills));
  load.Stop();
  load.VerifyNothingLostNothingTwice();
  ExpectNextStepsFor("newcomer");
}

// It wakes with claims, and states that it has not saved, from before another process took all of that over, went on
// with it and left. Were they saved, the events since would be lost: the places in the stream are behind them.
TEST_F(ReplicasTest, OneThatStoodStillWhileASuccessorTookItsPlaceOverwritesNothing) {
  ClassUnderLoad load(*platform_, kClass);
  ASSERT_TRUE(load.WaitForMore(kAnswersBetweenPauses));
  ASSERT_OK(platform_->recommend(0).Pause());
  ASSERT_OK_AND_ASSIGN(Program* const successor, platform_->StartSuccessor(0));
  ASSERT_TRUE(Eventually([&] { return absl::StrContains(successor->Log(), "claimed partitions"); }));
  ASSERT_TRUE(load.WaitForMore(kAnswersBetweenPauses)) << "answers did not go on";
  load.Stop();
  EXPECT_EQ(successor->Stop().code, 0);  // which saves everything
  ASSERT_OK(platform_->recommend(0).Resume());
  EXPECT_TRUE(Eventually([&] {
    return absl::StrContains(platform_->recommend(0).Log(), "another replica has claimed partitions of this one");
  }));
  platform_->recommend(0).Kill();
  ASSERT_OK(platform_->recommend(0).Start());
  ASSERT_OK(platform_->recommend(0).WaitReady());
  load.VerifyNothingLostNothingTwice();
  ExpectNextStepsFor("afterwards");
}

// Scaled up and down as docs/operations.md says, each hand-over by kill -9, and with a kill while two numbers are set.
class ScalingTest : public PlatformFixture {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(server_, PostgresServer::Start());
    ASSERT_OK_AND_ASSIGN(const std::string url, server_->NewDatabase("checkpoints"));
    ASSERT_NO_FATAL_FAILURE(StartSplit({.checkpoints_url = url, .recommend_replicas = 2, .recommend_reserve = 1}));
  }
  void TearDown() override { PlatformFixture::TearDown(); }

  void StartOneOf(int replicas, int ordinal) {
    ASSERT_OK(platform_->recommend(ordinal).SetFlag("--replicas", absl::StrCat(replicas)));
    ASSERT_OK(platform_->recommend(ordinal).Start());
    ASSERT_OK(platform_->recommend(ordinal).WaitReady());
  }
  void KillAndStartOneOf(int replicas, int ordinal, ClassUnderLoad& load) {
    platform_->recommend(ordinal).Kill();
    ASSERT_TRUE(load.WaitForMore(kAnswersBetweenKills)) << "answers did not go on";
    ASSERT_NO_FATAL_FAILURE(StartOneOf(replicas, ordinal));
  }
  // Partitions that the replicas own together, as their metrics say.
  int OwnedBy(std::initializer_list<int> ordinals) {
    int owned = 0;
    for (const int ordinal : ordinals) {
      const std::string metrics = Scrape(platform_->recommend(ordinal).metrics_address());
      const size_t at = absl::string_view(metrics).find(kOwned);
      int count = 0;
      if (at != std::string::npos &&
          absl::SimpleAtoi(metrics.substr(at + kOwned.size(), metrics.find('\n', at + 1) - at - kOwned.size()), &count))
        owned += count;
    }
    return owned;
  }

  static constexpr absl::string_view kOwned = "\nedirae_recommend_partitions_owned ";

  std::unique_ptr<PostgresServer> server_;
};

TEST_F(ScalingTest, KillsWhileItIsScaledUpAndDownLoseNothing) {
  constexpr int kAllPartitions = 64;
  ClassUnderLoad load(*platform_, kClass);
  ASSERT_TRUE(load.WaitForMore(kAnswersBetweenKills));
  ASSERT_NO_FATAL_FAILURE(StartOneOf(3, 2));
  ASSERT_NO_FATAL_FAILURE(KillAndStartOneOf(3, 1, load));
  ASSERT_NO_FATAL_FAILURE(KillAndStartOneOf(3, 2, load)) << "while the first still goes by the smaller number";
  ASSERT_NO_FATAL_FAILURE(KillAndStartOneOf(3, 0, load));
  EXPECT_TRUE(Eventually([&] { return OwnedBy({0, 1, 2}) == kAllPartitions; }, absl::Seconds(30)));
  EXPECT_GT(OwnedBy({2}), 0);
  ASSERT_NO_FATAL_FAILURE(KillAndStartOneOf(2, 0, load));
  ASSERT_NO_FATAL_FAILURE(KillAndStartOneOf(2, 1, load));
  platform_->recommend(2).Kill();
  EXPECT_TRUE(Eventually(
      [&] {
        return OwnedBy({0, 1}) == kAllPartitions;
      },
      absl::Seconds(30)))
      << "those of who went are taken when their leases have ended";
  ASSERT_TRUE(load.WaitForMore(kAnswersBetweenKills));
  load.Stop();
  load.VerifyNothingLostNothingTwice();
}

}  // namespace
}  // namespace edirae::testing
