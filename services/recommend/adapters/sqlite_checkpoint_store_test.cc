// What is special about checkpoints in SQLite; tests/contract holds what they share with the others.
#include "services/recommend/adapters/sqlite_checkpoint_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using edirae::testing::StatusIs;
using edirae::testing::TempFolder;

TEST(SqliteCheckpointStore, TwoOnOneFolderRefuse) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
  EXPECT_THAT(SqliteCheckpointStore::Open(folder.path(), "fold"), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(SqliteCheckpointStore, NoticesADamagedState) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
  ASSERT_OK(store->Save({testing::Folded(testing::History().Learn("vectors"))}, {}));
  SQLite::Database db(folder.File("recommend.db"), SQLite::OPEN_READWRITE);
  db.exec("UPDATE checkpoint SET state = zeroblob(20)");
  EXPECT_THAT(store->Load("ada"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(SqliteCheckpointStore, ReadsWhatWasSavedAfterADamagedState) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
  testing::History history;
  ASSERT_OK(store->Save({testing::Folded(history.Learn("vectors"))}, {}));
  SQLite::Database db(folder.File("recommend.db"), SQLite::OPEN_READWRITE);
  db.exec("UPDATE checkpoint SET state = zeroblob(20)");
  ASSERT_FALSE(store->Load("ada").ok());
  const auto newer = testing::Folded(history.Answer("matrices", 1, true));
  ASSERT_OK(store->Save({newer}, {}));
  ASSERT_OK_AND_ASSIGN(const auto loaded, store->Load("ada"));
  EXPECT_EQ(*loaded, *newer);
}

}  // namespace
}  // namespace edirae::recommend
