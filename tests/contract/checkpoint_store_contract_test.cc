// What every CheckpointStore has to prove, whatever holds its rows.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/testing/shared_postgres.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "services/recommend/adapters/postgres_checkpoint_store.h"
#include "services/recommend/adapters/postgres_partition_table.h"
#include "services/recommend/adapters/sqlite_checkpoint_store.h"
#include "services/recommend/testing/fake_checkpoint_store.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using edirae::testing::IsOkAndHolds;
using testing::Folded;
using testing::History;
using ::testing::IsEmpty;

struct CheckpointsKind {
  const char* name;
  std::function<std::unique_ptr<CheckpointStore>(const std::string& folder, const std::string& fold)> open;
  // Claims all partitions, of a store that replicas can share.
  std::function<Claims(const std::string& folder, const std::string& store_id)> claim;
  bool durable;  // what was saved is there after opening the same folder again
};

template <class Store>
std::unique_ptr<CheckpointStore> OrNull(absl::StatusOr<std::unique_ptr<Store>> store) {
  EXPECT_OK(store);
  return store.ok() ? *std::move(store) : nullptr;
}

Claims NoClaims(const std::string&, const std::string&) { return {}; }

Claims ClaimAll(const std::string& folder, const std::string& store_id) {
  PostgresPartitionTable table(edirae::testing::DatabaseOf(folder), store_id);
  std::vector<int> all;
  for (int partition = 0; partition < kPartitions; ++partition) all.push_back(partition);
  Claims claims;
  const auto rows = table.Renew(0, {}, {}, all, /*returning=*/true);
  EXPECT_OK(rows);
  for (const PartitionRow& row : rows.value_or(std::vector<PartitionRow>())) claims[row.partition] = row.epoch;
  return claims;
}

class CheckpointStoreContract : public ::testing::TestWithParam<CheckpointsKind> {
 protected:
  void SetUp() override { Open("fold"); }
  void Open(const std::string& fold) {
    store_.reset();
    store_ = GetParam().open(folder_.path(), fold);
    ASSERT_NE(store_, nullptr);
    claims_ = GetParam().claim(folder_.path(), store_->store_id());
  }
  absl::Status Save(const std::vector<std::shared_ptr<const LearnerState>>& states) {
    const auto refused = store_->Save(states, claims_);
    EXPECT_THAT(refused, IsOkAndHolds(IsEmpty()));
    return refused.status();
  }
  void ExpectKept(const LearnerState& state) {
    ASSERT_OK_AND_ASSIGN(const auto loaded, store_->Load(state.learner_id));
    ASSERT_NE(loaded, nullptr) << state.learner_id;
    EXPECT_EQ(*loaded, state) << state.learner_id;
  }

  const edirae::testing::TempFolder folder_;
  std::unique_ptr<CheckpointStore> store_;
  Claims claims_;
};

TEST_P(CheckpointStoreContract, KeepsStatesAndItsNameOverAReopening) {
  if (!GetParam().durable) GTEST_SKIP() << "a fake";
  const auto state = Folded(History().Learn("vectors"));
  const std::string store_id = store_->store_id();
  ASSERT_OK(Save({state}));
  Open("fold");
  EXPECT_EQ(store_->store_id(), store_id);
  ExpectKept(*state);
}

TEST_P(CheckpointStoreContract, ReplacesAnOlderState) {
  History history;
  ASSERT_OK(Save({Folded(history.Answer("vectors", 1, true))}));
  const auto ada = Folded(history.Answer("vectors", 2, true));
  const auto bob = Folded(History("bob").Learn("vectors"));
  ASSERT_OK(Save({ada, bob}));
  ExpectKept(*ada);
  ExpectKept(*bob);
}

TEST_P(CheckpointStoreContract, HasNothingOfAStranger) { EXPECT_THAT(store_->Load("nobody"), IsOkAndHolds(nullptr)); }

TEST_P(CheckpointStoreContract, SavesManyAtOnceAndNothingForNobody) {
  ASSERT_OK(Save({}));
  std::vector<std::shared_ptr<const LearnerState>> states;
  for (uint64_t i = 0; i < 300; ++i)
    states.push_back(Folded(testing::RandomHistory(absl::StrCat("learner", i), 20, i)));
  ASSERT_OK(Save(states));
  for (const auto& state : states) ExpectKept(*state);
}

TEST_P(CheckpointStoreContract, AnotherStoreHasAnotherName) {
  if (!GetParam().durable) GTEST_SKIP() << "a fake";
  const edirae::testing::TempFolder other;
  const auto second = GetParam().open(other.path(), "fold");
  ASSERT_NE(second, nullptr);
  EXPECT_NE(store_->store_id(), second->store_id());
}

TEST_P(CheckpointStoreContract, StatesOfAnotherFoldGoAndItBecomesANewStore) {
  if (!GetParam().durable) GTEST_SKIP() << "a fake";
  const std::string store_id = store_->store_id();
  ASSERT_OK(Save({Folded(History().Learn("vectors"))}));
  Open("another fold");
  EXPECT_NE(store_->store_id(), store_id) << "the stream is read from its beginning";
  EXPECT_THAT(store_->Load("ada"), IsOkAndHolds(nullptr));
}

TEST_P(CheckpointStoreContract, CanBeProbed) { EXPECT_OK(store_->Probe()); }

INSTANTIATE_TEST_SUITE_P(Every, CheckpointStoreContract,
                         ::testing::Values(CheckpointsKind{"Sqlite",
                                                           [](const std::string& folder, const std::string& fold) {
                                                             return OrNull(SqliteCheckpointStore::Open(folder, fold));
                                                           },
                                                           NoClaims, true},
                                           CheckpointsKind{"Postgres",
                                                           [](const std::string& folder, const std::string& fold) {
                                                             return OrNull(PostgresCheckpointStore::Open(
                                                                 edirae::testing::DatabaseOf(folder), fold));
                                                           },
                                                           ClaimAll, true},
                                           CheckpointsKind{"Fake",
                                                           [](const std::string&, const std::string&) {
                                                             return std::make_unique<testing::FakeCheckpointStore>();
                                                           },
                                                           NoClaims, false}),
                         [](const ::testing::TestParamInfo<CheckpointsKind>& tested) {
                           return std::string(tested.param.name);
                         });

}  // namespace
}  // namespace edirae::recommend
