// The ledger is in PostgreSQL, which dies, refuses writes, and is replaced by its standby while students answer.

#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/class_under_load.h"
#include "tests/platform/platform_fixture.h"

namespace edirae::testing {
namespace {

constexpr int kPostgresStudents = 8;
constexpr int kAnswersOnEachServer = 200;
constexpr int kCrashes = 3;
constexpr char kLedger[] = "ledger";

class PostgresTest : public PlatformFixture {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(server_, PostgresServer::Start({.fsync = true}));
    ASSERT_OK(server_->NewDatabase(kLedger));
  }

  std::unique_ptr<PostgresServer> server_;
};

TEST_F(PostgresTest, ACrashLosesNothing) {
  ASSERT_NO_FATAL_FAILURE(StartSplit({.ledger_url = server_->Url(kLedger)}));
  ClassUnderLoad load(*platform_, kPostgresStudents);
  for (int i = 0; i < kCrashes; ++i) {
    ASSERT_TRUE(load.WaitForMore(kAnswersOnEachServer)) << "answers did not go on after crash " << i;
    server_->Kill();
    ASSERT_OK(server_->Restart());
  }
  ASSERT_TRUE(load.WaitForMore(kAnswersOnEachServer));
  load.Stop();
  load.VerifyNothingLostNothingTwice();
}

TEST_F(PostgresTest, AStandbyTakesOver) {
  ASSERT_OK_AND_ASSIGN(const auto standby, PostgresServer::StartStandbyOf(*server_));
  ASSERT_NO_FATAL_FAILURE(StartSplit({.ledger_url = server_->UrlOfEither(*standby, kLedger)}));
  ClassUnderLoad load(*platform_, kPostgresStudents);
  ASSERT_TRUE(load.WaitForMore(kAnswersOnEachServer));
  server_->Kill();
  ASSERT_OK(standby->Promote());
  ASSERT_TRUE(load.WaitForMore(kAnswersOnEachServer)) << "answers did not go on";
  load.Stop();
  load.VerifyNothingLostNothingTwice();
}

}  // namespace
}  // namespace edirae::testing
