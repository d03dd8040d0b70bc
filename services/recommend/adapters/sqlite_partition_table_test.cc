#include "services/recommend/adapters/sqlite_partition_table.h"

#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "gmock/gmock.h"

namespace edirae::recommend {
namespace {

using edirae::testing::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SqlitePartitionTableTest : public ::testing::Test {
 protected:
  void SetUp() override { Open("fold"); }
  void Open(const std::string& fold) {
    table_.reset();
    store_.reset();
    auto store = SqliteCheckpointStore::Open(folder_.path(), fold);
    ASSERT_OK(store);
    store_ = *std::move(store);
    table_.emplace(*store_);
  }
  // How far partition 2 has been read, for who starts now.
  ReadPlace PlaceAtStart() {
    const auto rows = table_->Renew(0, {}, {}, {2}, true);
    EXPECT_OK(rows);
    return rows.ok() ? rows->at(0).place : ReadPlace();
  }

  const edirae::testing::TempFolder folder_;
  std::unique_ptr<SqliteCheckpointStore> store_;
  std::optional<SqlitePartitionTable> table_;
};

TEST_F(SqlitePartitionTableTest, WhoAsksHasWhatIsAskedForAndKeepsIt) {
  ASSERT_OK_AND_ASSIGN(auto rows, table_->Renew(0, {}, {}, {3, 2}, true));
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(rows[0].partition, 2);
  Claims held;
  for (const PartitionRow& row : rows) {
    EXPECT_TRUE(row.mine);
    EXPECT_EQ(row.owner, 0);
    EXPECT_EQ(row.place, ReadPlace());
    held[row.partition] = row.epoch;
  }
  ASSERT_OK_AND_ASSIGN(rows, table_->Renew(0, held, {}, {}, false));
  ASSERT_EQ(rows.size(), 2);
  for (const PartitionRow& row : rows) EXPECT_EQ(std::pair(row.mine, row.epoch), std::pair(true, held[row.partition]));
}

TEST_F(SqlitePartitionTableTest, APlaceIsThereAtTheNextStart) {
  const ReadPlace first{7, 11, {12, 120}}, second{7, 20, {20, 200}};
  ASSERT_OK(table_->Renew(0, {{2, 1}}, {{2, first}}, {}, false));
  Open("fold");
  EXPECT_EQ(PlaceAtStart(), first);
  ASSERT_OK(table_->Release({{2, 1}}, {{2, second}}));
  Open("fold");
  EXPECT_EQ(PlaceAtStart(), second);
  EXPECT_THAT(store_->LoadPlaces(), IsOkAndHolds(ElementsAre(std::pair(2, second))));
}

TEST_F(SqlitePartitionTableTest, WhatIsNotHeldIsNotWritten) {
  ASSERT_OK(table_->Renew(0, {{1, 1}}, {{2, {7, 11, {}}}}, {}, false));
  EXPECT_THAT(store_->LoadPlaces(), IsOkAndHolds(IsEmpty()));
}

TEST_F(SqlitePartitionTableTest, AnotherFoldBeginsAtTheStreamsStart) {
  ASSERT_OK(table_->Release({{2, 1}}, {{2, {7, 11, {12, 120}}}}));
  Open("another fold");
  EXPECT_EQ(PlaceAtStart(), ReadPlace());
}

}  // namespace
}  // namespace edirae::recommend
