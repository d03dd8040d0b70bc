#include "common/postgres/migrate.h"

#include <thread>
#include <vector>

#include "common/testing/postgres_fixture.h"

namespace edirae::postgres {
namespace {

using edirae::testing::StatusIs;
using ::testing::HasSubstr;

constexpr Migration kShelf = {"CREATE TABLE shelf (book text); INSERT INTO shelf VALUES ('Emma')"};
constexpr Migration kPages = {"ALTER TABLE shelf ADD COLUMN pages bigint NOT NULL DEFAULT 0"};
constexpr Migration kRename = {"ALTER TABLE shelf RENAME TO library", /*older_programs_may_stay=*/false};
constexpr Migration kBroken = {"CREATE TABLE half (x bigint); SELECT nothing"};

class MigrateTest : public edirae::testing::PostgresFixture {
 protected:
  absl::Status MigrateTo(const std::vector<Migration>& steps) {
    const auto connection = Connection::Open({url(), "test"});
    return connection.ok() ? Migrate(**connection, steps) : connection.status();
  }
  std::string Version() { return Query("SELECT version, oldest_program FROM schema_version"); }
};

TEST_F(MigrateTest, TakesEachStepOnce) {
  ASSERT_OK(MigrateTo({kShelf}));
  ASSERT_OK(MigrateTo({kShelf}));
  EXPECT_EQ(Version(), "1|0\n");
  ASSERT_OK(MigrateTo({kShelf, kPages}));
  EXPECT_EQ(Version(), "2|0\n");
  EXPECT_EQ(Query("SELECT * FROM shelf"), "Emma|0\n");
}

TEST_F(MigrateTest, AnOlderProgramStaysUntilAStepLeavesItBehind) {
  ASSERT_OK(MigrateTo({kShelf, kPages}));
  EXPECT_OK(MigrateTo({kShelf}));
  EXPECT_EQ(Version(), "2|0\n") << "and takes nothing back";
  ASSERT_OK(MigrateTo({kShelf, kPages, kRename}));
  EXPECT_THAT(MigrateTo({kShelf, kPages}),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("run a newer program")));
  EXPECT_OK(MigrateTo({kShelf, kPages, kRename}));
}

TEST_F(MigrateTest, AStepThatFailsLeavesNothingBehind) {
  EXPECT_THAT(MigrateTo({kShelf, kBroken}),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("migration from version 1")));
  EXPECT_EQ(Query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0\n");
  EXPECT_OK(MigrateTo({kShelf}));
}

TEST_F(MigrateTest, ReplicasThatStartTogetherTakeTurns) {
  std::vector<std::thread> replicas;
  for (int i = 0; i < 8; ++i) replicas.emplace_back([this] { EXPECT_OK(MigrateTo({kShelf, kPages})); });
  for (std::thread& replica : replicas) replica.join();
  EXPECT_EQ(Query("SELECT book FROM shelf"), "Emma\n");
}

}  // namespace
}  // namespace edirae::postgres
