// Two replicas of recommend share their partitions in PostgreSQL: kill -9 of each while students answer, one that
// stands still while a successor takes its place, and the gateway finds whoever owns a learner.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/class_under_load.h"
#include "tests/platform/platform_fixture.h"
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

}  // namespace
}  // namespace edirae::testing
