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

TEST(SqliteCheckpointStore, KeepsStatesAndItsNameOverAReopening) {
  const TempFolder folder;
  const auto state = testing::Folded(testing::History().Learn("vectors"));
  std::string store_id;
  {
    ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
    store_id = store->store_id();
    ASSERT_OK(store->Save({state}));
  }
  ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
  EXPECT_EQ(store->store_id(), store_id);
  ASSERT_OK_AND_ASSIGN(auto loaded, store->Load("ada"));
  ASSERT_NE(loaded, nullptr);
  EXPECT_EQ(*loaded, *state);
}

TEST(SqliteCheckpointStore, ReplacesAnOlderState) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
  testing::History history;
  ASSERT_OK(store->Save({testing::Folded(history.Answer("vectors", 1, true))}));
  ASSERT_OK(store->Save({testing::Folded(history.Answer("vectors", 2, true)),
                         testing::Folded(testing::History("bob").Learn("vectors"))}));
  ASSERT_OK_AND_ASSIGN(auto ada, store->Load("ada"));
  EXPECT_EQ(ada->applied_seq, 2);
  ASSERT_OK_AND_ASSIGN(auto bob, store->Load("bob"));
  EXPECT_EQ(bob->applied_seq, 4);
}

TEST(SqliteCheckpointStore, HasNothingOfAStranger) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
  ASSERT_OK_AND_ASSIGN(auto nobody, store->Load("nobody"));
  EXPECT_EQ(nobody, nullptr);
}

TEST(SqliteCheckpointStore, TwoOnOneFolderRefuse) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
  EXPECT_THAT(SqliteCheckpointStore::Open(folder.path(), "fold"), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(SqliteCheckpointStore, ANewFolderHasANewName) {
  const TempFolder one, other;
  ASSERT_OK_AND_ASSIGN(auto first, SqliteCheckpointStore::Open(one.path(), "fold"));
  ASSERT_OK_AND_ASSIGN(auto second, SqliteCheckpointStore::Open(other.path(), "fold"));
  EXPECT_NE(first->store_id(), second->store_id());
}

TEST(SqliteCheckpointStore, StatesOfAnotherFoldGoAndItBecomesANewStore) {
  const TempFolder folder;
  std::string store_id;
  {
    ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
    store_id = store->store_id();
    ASSERT_OK(store->Save({testing::Folded(testing::History().Learn("vectors"))}));
  }
  ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "another fold"));
  EXPECT_NE(store->store_id(), store_id) << "its consumer starts at the stream's beginning";
  EXPECT_THAT(store->Load("ada"), edirae::testing::IsOkAndHolds(nullptr));
}

TEST(SqliteCheckpointStore, NoticesADamagedState) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
  ASSERT_OK(store->Save({testing::Folded(testing::History().Learn("vectors"))}));
  SQLite::Database db(folder.File("recommend.db"), SQLite::OPEN_READWRITE);
  db.exec("UPDATE checkpoint SET state = zeroblob(20)");
  EXPECT_THAT(store->Load("ada"), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace edirae::recommend
