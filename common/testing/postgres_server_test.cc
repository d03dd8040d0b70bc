#include "common/testing/postgres_server.h"

#include "common/testing/status_matchers.h"

namespace edirae::testing {
namespace {

TEST(PostgresServer, KeepsItsDataOverKillAndRestart) {
  ASSERT_OK_AND_ASSIGN(const auto server, PostgresServer::Start());
  ASSERT_OK(server->NewDatabase("shelf"));
  ASSERT_OK(server->Query("shelf", "CREATE TABLE book (title text); INSERT INTO book VALUES ('Emma'), ('Ulysses')"));
  server->Kill();
  EXPECT_THAT(server->Query("shelf", "SELECT 1"), StatusIs(absl::StatusCode::kUnavailable));
  ASSERT_OK(server->Restart());
  EXPECT_THAT(server->Query("shelf", "SELECT title, length(title) FROM book ORDER BY 1"),
              IsOkAndHolds("Emma|4\nUlysses|7\n"));
}

TEST(PostgresServer, SaysWhatIsWrongWithAQuery) {
  ASSERT_OK_AND_ASSIGN(const auto server, PostgresServer::Start());
  EXPECT_THAT(server->Query("postgres", "SELECT nothing"),
              StatusIs(absl::StatusCode::kUnavailable, ::testing::HasSubstr("\"nothing\" does not exist")));
}

}  // namespace
}  // namespace edirae::testing
