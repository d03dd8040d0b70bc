#include "common/postgres/session.h"

#include <signal.h>

#include "absl/time/clock.h"
#include "common/testing/eventually.h"
#include "common/testing/postgres_fixture.h"

namespace edirae::postgres {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;

constexpr Statement kOne = {"one", "SELECT 1"};
constexpr char kEndOthers[] =
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'subject'";

class SessionTest : public edirae::testing::PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    session_ = std::make_unique<Session>(ConnectionOptions{url(), "subject"});
    ASSERT_OK(session_->Execute(kOne));
  }
  std::unique_ptr<Session> session_;
};

TEST_F(SessionTest, ReplacesAConnectionThatWasLostUnnoticed) {
  EXPECT_EQ(Query(kEndOthers), "1\n");
  EXPECT_OK(session_->Execute(kOne));
  EXPECT_EQ(session_->generation(), 2);
}

TEST_F(SessionTest, ComesBackWithTheServer) {
  server().Stop();
  EXPECT_THAT(session_->Execute(kOne), StatusIs(absl::StatusCode::kUnavailable));
  const absl::Time start = absl::Now();
  int refused_at_once = 0;
  while (absl::Now() - start < absl::Milliseconds(200)) {
    if (!session_->Execute(kOne).ok()) ++refused_at_once;
  }
  EXPECT_GT(refused_at_once, 10) << "between attempts nobody waits";
  ASSERT_OK(server().Restart());
  EXPECT_TRUE(Eventually([&] { return session_->Execute(kOne).ok(); }, 2 * limits::kLongestPause));
}

TEST_F(SessionTest, GivesUpOnAServerThatIsSilent) {
  const std::string pid = Query("SELECT pid FROM pg_stat_activity WHERE application_name = 'subject'");
  ASSERT_EQ(::kill(std::stoi(pid), SIGSTOP), 0);
  const absl::Time start = absl::Now();
  EXPECT_THAT(session_->Execute(kOne), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_LT(absl::Now() - start, limits::kReplyTimeout + absl::Seconds(2)) << "tried once, not twice";
  EXPECT_OK(session_->Execute(kOne)) << "over a new connection";
  ::kill(std::stoi(pid), SIGCONT);
}

TEST_F(SessionTest, FollowsAServerThatTakesWritesAgain) {
  Query("CREATE TABLE shelf (book text)");
  static constexpr Statement kPut = {"put", "INSERT INTO shelf VALUES ('Emma')"};
  Query("ALTER DATABASE test SET default_transaction_read_only = on");
  Query(kEndOthers);
  EXPECT_THAT(session_->Execute(kPut), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(server().Query("postgres", "ALTER DATABASE test RESET default_transaction_read_only").value(), "");
  EXPECT_TRUE(Eventually([&] { return session_->Execute(kPut).ok(); }, 2 * limits::kLongestPause));
}

}  // namespace
}  // namespace edirae::postgres
