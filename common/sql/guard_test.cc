#include "common/sql/guard.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <stdexcept>
#include <string>

#include "common/sql/database.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::sql {
namespace {

using ::edirae::testing::IsOkAndHolds;
using ::edirae::testing::StatusIs;
using ::edirae::testing::TempFolder;
using ::testing::HasSubstr;

absl::Status Execute(SQLite::Database& db, const std::string& sql) {
  return Guard([&] { db.exec(sql); });
}

TEST(Guard, ReturnsTheValueOfABody) {
  EXPECT_THAT(Guard([] { return 7; }), IsOkAndHolds(7));
  EXPECT_THAT(Guard([]() -> absl::StatusOr<int> { return 8; }), IsOkAndHolds(8));
  EXPECT_OK(Guard([] {}));
  EXPECT_THAT(Guard([] { return absl::AbortedError("x"); }), StatusIs(absl::StatusCode::kAborted));
}

TEST(Guard, OtherExceptionsAreInternal) {
  EXPECT_THAT(Guard([] { throw std::runtime_error("boom"); }),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("boom")));
}

TEST(Guard, SyntaxErrorIsInternal) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto db, OpenReadWrite(folder.File("a.db")));
  EXPECT_THAT(Execute(*db, "SELEKT 1"), StatusIs(absl::StatusCode::kInternal, HasSubstr("syntax error")));
}

TEST(Guard, FullDatabaseIsResourceExhaustedAndRecovers) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto db, OpenReadWrite(folder.File("a.db")));
  ASSERT_OK(Execute(*db, "CREATE TABLE t (x BLOB); PRAGMA max_page_count = 10"));
  EXPECT_THAT(Execute(*db, "INSERT INTO t VALUES (zeroblob(1000000))"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("full")));
  ASSERT_OK(Execute(*db, "PRAGMA max_page_count = 10000"));
  EXPECT_OK(Execute(*db, "INSERT INTO t VALUES (zeroblob(1000000))"));
}

TEST(Guard, SecondWriterIsUnavailable) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto first, OpenReadWrite(folder.File("a.db")));
  ASSERT_OK_AND_ASSIGN(auto second, OpenReadWrite(folder.File("a.db")));
  second->setBusyTimeout(1);
  ASSERT_OK(Execute(*first, "BEGIN IMMEDIATE"));
  EXPECT_THAT(Execute(*second, "BEGIN IMMEDIATE"), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(Guard, TellsDuplicatesFromOtherConstraints) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto db, OpenReadWrite(folder.File("a.db")));
  ASSERT_OK(Execute(*db,
                    "CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT UNIQUE, age INTEGER CHECK (age > 0));"
                    "CREATE TABLE c (p INTEGER REFERENCES p (id));"
                    "INSERT INTO p VALUES (1, 'a', 1)"));
  EXPECT_THAT(Execute(*db, "INSERT INTO p VALUES (1, 'b', 1)"), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Execute(*db, "INSERT INTO p VALUES (2, 'a', 1)"), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Execute(*db, "INSERT INTO p VALUES (2, 'b', 0)"), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Execute(*db, "INSERT INTO c VALUES (9)"), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(Guard, RollsBackATransactionThatThrew) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto db, OpenReadWrite(folder.File("a.db")));
  ASSERT_OK(Execute(*db, "CREATE TABLE t (x INTEGER PRIMARY KEY)"));
  EXPECT_THAT(Guard([&] {
                SQLite::Transaction transaction(*db);
                db->exec("INSERT INTO t VALUES (1)");
                db->exec("INSERT INTO t VALUES (1)");
                transaction.commit();
              }),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Guard([&] { return db->execAndGet("SELECT count(*) FROM t").getInt(); }), IsOkAndHolds(0));
}

}  // namespace
}  // namespace edirae::sql
