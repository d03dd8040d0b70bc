// Who owns a partition, and what that means for its checkpoints: on a real PostgreSQL.
#include "services/recommend/adapters/postgres_partition_table.h"

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/ids/ids.h"
#include "common/testing/eventually.h"
#include "common/testing/postgres_fixture.h"
#include "gmock/gmock.h"
#include "services/recommend/adapters/postgres_checkpoint_store.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using edirae::testing::Eventually;
using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using testing::Folded;
using testing::History;
using ::testing::IsEmpty;

// Epoch 1 is that of the store's making, by which nobody holds anything.

// A learner of the partition.
std::string LearnerIn(int partition) {
  for (int i = 0;; ++i) {
    std::string learner = absl::StrCat("learner", i);
    if (PartitionOf(learner) == partition) return learner;
  }
}

class PartitionTableTest : public edirae::testing::PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    ASSERT_OK_AND_ASSIGN(store_, PostgresCheckpointStore::Open(url(), "fold"));
    table_.emplace(url(), store_->store_id());
  }
  // What replica `ordinal` has when it asks for these, without having any yet.
  Claims Claim(int ordinal, const std::vector<int>& wanted, bool returning = false) {
    return Renew(ordinal, {}, wanted, returning);
  }
  Claims Renew(int ordinal, const Claims& held, const std::vector<int>& wanted = {}, bool returning = false) {
    Claims claims;
    const auto rows = table_->Renew(ordinal, held, places_, wanted, returning);
    EXPECT_OK(rows);
    for (const PartitionRow& row : rows.value_or(std::vector<PartitionRow>())) {
      if (row.mine) claims[row.partition] = row.epoch;
    }
    return claims;
  }
  PartitionRow Row(int partition) {
    auto rows = table_->Renew(9, {}, {}, {}, false);
    EXPECT_OK(rows);
    return rows.ok() ? rows->at(static_cast<size_t>(partition)) : PartitionRow();
  }
  void EndLease(int partition) {
    Query(absl::StrCat("UPDATE partition_owner SET held_until = now() WHERE partition = ", partition));
  }

  std::unique_ptr<PostgresCheckpointStore> store_;
  std::optional<PostgresPartitionTable> table_;
  ReadPlaces places_;
};

TEST_F(PartitionTableTest, APartitionHasOneOwnerUntilItIsGivenUp) {
  const Claims first = Claim(0, {1, 2, 3});
  EXPECT_THAT(first, ElementsAre(std::pair(1, 2), std::pair(2, 2), std::pair(3, 2)));
  EXPECT_THAT(Claim(1, {2, 3, 4}), ElementsAre(std::pair(4, 2)));
  EXPECT_EQ(Row(2).owner, 0);
  EXPECT_EQ(Renew(0, first), first);

  places_[2] = {.stream = 7, .seq = 11, .mark = {12, 120}};
  ASSERT_OK(table_->Release(first, places_));
  EXPECT_EQ(Row(2).owner, -1);
  EXPECT_EQ(Row(2).place, (ReadPlace{7, 11, {12, 120}}));
  EXPECT_THAT(Claim(1, {2}), ElementsAre(std::pair(2, 3)));
}

TEST_F(PartitionTableTest, WhoDoesNotRenewLosesItToWhoeverAsks) {
  const Claims first = Claim(0, {1, 2});
  EndLease(1);
  EXPECT_THAT(Claim(1, {1, 2}), ElementsAre(std::pair(1, 3)));
  places_[1] = {.stream = 7, .seq = 11};
  EXPECT_THAT(Renew(0, first, {1}), ElementsAre(std::pair(2, 2))) << "and is told so";
  EXPECT_EQ(Row(1).place, ReadPlace()) << "its place is not taken from who lost it";
  EXPECT_OK(table_->Release(first, places_));
  EXPECT_EQ(Row(1).owner, 1);
}

TEST_F(PartitionTableTest, ALeaseThatRanOutGoesOnWhileNobodyElseAsks) {
  const Claims first = Claim(0, {1});
  EndLease(1);
  EXPECT_EQ(Renew(0, first), first);
  EXPECT_THAT(Claim(1, {1}), IsEmpty());
}

TEST_F(PartitionTableTest, AReplicaThatStartsAgainTakesBackWhatItHad) {
  Claim(0, {1});
  EXPECT_THAT(Claim(1, {1}, /*returning=*/true), IsEmpty());
  EXPECT_THAT(Claim(0, {1}, /*returning=*/true), ElementsAre(std::pair(1, 3)));
}

TEST_F(PartitionTableTest, WhatAnOlderOwnerSavesIsLeftOutAndTheRestIsSaved) {
  const std::string stays = LearnerIn(1), moves = LearnerIn(2);
  const Claims old = Claim(0, {1, 2});
  ASSERT_THAT(store_->Save({Folded(History(moves).Learn("vectors"))}, old), IsOkAndHolds(IsEmpty()));
  EndLease(2);
  const Claims taken = Claim(1, {2});

  History further(moves);
  further.Learn("vectors").Learn("matrices");
  EXPECT_THAT(store_->Save({Folded(further), Folded(History(stays).Learn("vectors"))}, old),
              IsOkAndHolds(ElementsAre(2)));
  ASSERT_OK_AND_ASSIGN(auto kept, store_->Load(moves));
  EXPECT_EQ(kept->applied_seq, 4);
  ASSERT_OK_AND_ASSIGN(kept, store_->Load(stays));
  EXPECT_NE(kept, nullptr);
  EXPECT_THAT(store_->Save({}, old), IsOkAndHolds(ElementsAre(2))) << "also when there is nothing to save";
  EXPECT_THAT(store_->Save({Folded(further)}, taken), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(store_->Save({Folded(History(stays))}, taken), IsOkAndHolds(ElementsAre(1))) << "not claimed at all";
}

TEST_F(PartitionTableTest, NothingIsSavedBehindTheBackOfWhoTookOver) {
  const std::string learner = LearnerIn(5);
  for (int round = 0; round < 20; ++round) {
    EndLease(5);
    const Claims old = Claim(0, {5});
    std::atomic<bool> refused = false;
    std::thread saver([&] {
      ASSERT_OK_AND_ASSIGN(const auto own, PostgresCheckpointStore::Open(url(), "fold"));
      History history(learner);
      const absl::Time give_up = absl::Now() + absl::Seconds(10);
      while (!refused && absl::Now() < give_up) {
        const auto saved = own->Save({Folded(history.Answer("vectors", 1, true))}, old);
        ASSERT_OK(saved);
        refused = !saved->empty();
      }
    });
    EXPECT_TRUE(Eventually([&] { return store_->Load(learner).value_or(nullptr) != nullptr; }));
    EndLease(5);
    ASSERT_EQ(Claim(1, {5}).size(), 1);
    ASSERT_OK_AND_ASSIGN(const auto at_once, store_->Load(learner));
    saver.join();
    ASSERT_TRUE(refused) << "whose claim was taken over";
    ASSERT_OK_AND_ASSIGN(const auto later, store_->Load(learner));
    EXPECT_EQ(at_once->applied_seq, later->applied_seq);
    Query("TRUNCATE checkpoint");
  }
}

TEST_F(PartitionTableTest, AnotherFoldTakesThePartitionsFromEverybody) {
  const Claims old = Claim(0, {1, 2});
  ASSERT_OK_AND_ASSIGN(const auto newer, PostgresCheckpointStore::Open(url(), "another fold"));
  EXPECT_THAT(table_->Renew(0, old, {}, {1, 2}, false), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(store_->Save({Folded(History(LearnerIn(1)).Learn("vectors"))}, old), IsOkAndHolds(ElementsAre(1, 2)));
  EXPECT_THAT(newer->Load(LearnerIn(1)), IsOkAndHolds(nullptr));
}

TEST_F(PartitionTableTest, ReplicasThatStartTogetherAgreeOnTheStore) {
  Query("DELETE FROM store");
  std::vector<std::string> names(4);
  std::vector<std::thread> replicas;
  for (std::string& name : names) {
    replicas.emplace_back([&] {
      ASSERT_OK_AND_ASSIGN(const auto opened, PostgresCheckpointStore::Open(url(), "fold"));
      name = opened->store_id();
    });
  }
  for (std::thread& replica : replicas) replica.join();
  EXPECT_EQ(names, std::vector<std::string>(4, names[0]));
}

}  // namespace
}  // namespace edirae::recommend
