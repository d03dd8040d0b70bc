#include "common/sql/database.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "common/sql/guard.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::sql {
namespace {

using ::edirae::testing::IsOkAndHolds;
using ::edirae::testing::StatusIs;
using ::edirae::testing::TempFolder;
using ::testing::HasSubstr;

absl::StatusOr<std::string> Ask(SQLite::Database& db, const std::string& sql) {
  return Guard([&] { return db.execAndGet(sql).getString(); });
}

TEST(OpenReadWrite, UsesTheDurableSettings) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto db, OpenReadWrite(folder.File("a.db")));
  EXPECT_THAT(Ask(*db, "PRAGMA journal_mode"), IsOkAndHolds("wal"));
  EXPECT_THAT(Ask(*db, "PRAGMA synchronous"), IsOkAndHolds("2"));
  EXPECT_THAT(Ask(*db, "PRAGMA foreign_keys"), IsOkAndHolds("1"));
  EXPECT_THAT(Ask(*db, "PRAGMA busy_timeout"), IsOkAndHolds("5000"));
  EXPECT_THAT(Ask(*db, "PRAGMA mmap_size"), IsOkAndHolds("0"));
  EXPECT_THAT(Ask(*db, "PRAGMA wal_autocheckpoint"), IsOkAndHolds("1000"));
  EXPECT_THAT(Ask(*db, "PRAGMA journal_size_limit"), IsOkAndHolds("67108864"));
}

TEST(OpenReadWrite, RefusesAFileThatIsNoDatabase) {
  TempFolder folder;
  std::ofstream(folder.File("a.db")) << std::string(4096, 'x');
  EXPECT_THAT(OpenReadWrite(folder.File("a.db")), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("a.db")));
}

TEST(OpenReadWrite, NeedsTheFolder) {
  TempFolder folder;
  EXPECT_THAT(OpenReadWrite(folder.File("missing/a.db")), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(OpenReadOnly, NeedsTheFile) {
  TempFolder folder;
  EXPECT_THAT(OpenReadOnly(folder.File("a.db")), StatusIs(absl::StatusCode::kNotFound));
}

TEST(OpenReadOnly, ReadsBesideTheWriterAndCannotWrite) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto writer, OpenReadWrite(folder.File("a.db")));
  ASSERT_OK(Guard([&] { writer->exec("CREATE TABLE t (x); INSERT INTO t VALUES (42)"); }));
  ASSERT_OK_AND_ASSIGN(auto reader, OpenReadOnly(folder.File("a.db")));
  EXPECT_THAT(Ask(*reader, "SELECT x FROM t"), IsOkAndHolds("42"));
  EXPECT_THAT(Guard([&] { reader->exec("INSERT INTO t VALUES (1)"); }), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST(Migrate, RunsOnlyTheMissingSteps) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto db, OpenReadWrite(folder.File("a.db")));
  const std::vector<const char*> one = {"CREATE TABLE a (x); INSERT INTO a VALUES (1)"};
  const std::vector<const char*> two = {one[0], "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = 2"};
  ASSERT_OK(Migrate(*db, one));
  ASSERT_OK(Migrate(*db, one));
  ASSERT_OK(Migrate(*db, two));
  EXPECT_THAT(Ask(*db, "SELECT count(*) || x || y FROM a"), IsOkAndHolds("112"));
  EXPECT_THAT(Ask(*db, "PRAGMA user_version"), IsOkAndHolds("2"));
}

TEST(Migrate, RefusesANewerSchema) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto db, OpenReadWrite(folder.File("a.db")));
  const std::vector<const char*> steps = {"CREATE TABLE a (x)"};
  ASSERT_OK(Guard([&] { db->exec("PRAGMA user_version = 2"); }));
  EXPECT_THAT(Migrate(*db, steps), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("version 2")));
}

TEST(Migrate, ChangesNothingWhenAStepFails) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto db, OpenReadWrite(folder.File("a.db")));
  const std::vector<const char*> steps = {"CREATE TABLE a (x)", "CREATE TABLE b (x); CREATE TABLE a (x)"};
  EXPECT_THAT(Migrate(*db, steps), StatusIs(absl::StatusCode::kInternal, HasSubstr("from version 1")));
  EXPECT_THAT(Ask(*db, "SELECT count(*) FROM sqlite_schema"), IsOkAndHolds("0"));
  EXPECT_THAT(Ask(*db, "PRAGMA user_version"), IsOkAndHolds("0"));
}

}  // namespace
}  // namespace edirae::sql
