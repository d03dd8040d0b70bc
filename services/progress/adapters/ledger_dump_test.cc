#include "services/progress/adapters/ledger_dump.h"

#include <gmock/gmock.h>

#include <vector>

#include "common/testing/status_matchers.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using edirae::testing::StatusIs;
using ::testing::HasSubstr;

class LedgerDumpTest : public ::testing::Test {
 protected:
  absl::Status Dump() {
    return DumpLedger(
        store_,
        [this](const events::v1::LearnerEvent& event) {
          events_.push_back(event);
          return events_.size() < most_;
        },
        [this](int64_t done, int64_t total) { steps_.emplace_back(done, total); });
  }

  FakeEventStore store_;
  std::vector<events::v1::LearnerEvent> events_;
  std::vector<std::pair<int64_t, int64_t>> steps_;
  size_t most_ = 100'000;
};

TEST_F(LedgerDumpTest, GivesEveryEventOnceInOrderAndNobodysName) {
  for (const char* learner : {"ada", "bob"}) ASSERT_OK(store_.Append(RowsOfMastery(learner)));
  ASSERT_OK(Dump());
  const size_t each = RowsOfMastery("ada").size();
  ASSERT_EQ(events_.size(), 2 * each);
  ASSERT_OK_AND_ASSIGN(const std::string ada, store_.Pseudonym("ada"));
  for (size_t i = 0; i < each; ++i) {
    EXPECT_EQ(events_[i].learner_id(), ada);
    EXPECT_EQ(events_[i].learner_seq(), static_cast<int64_t>(i) + 1);
    EXPECT_EQ(events_[i].request_id(), "");
    EXPECT_EQ(events_[i].traceparent(), "");
  }
  for (const auto& event : events_) {
    EXPECT_EQ(event.SerializeAsString().find("bob"), std::string::npos) << event.DebugString();
  }
}

TEST_F(LedgerDumpTest, GoesOnBehindAThousandEventsAndBehindGaps) {
  for (int i = 0; i < 500; ++i) ASSERT_OK(store_.Append(RowsOfMastery("learner-" + std::to_string(i))));
  ASSERT_OK(store_.Erase({.learner_id = "learner-7",
                          .receipt_key = "receipt",
                          .now = absl::Now(),
                          .make_tombstone = [](const std::string&, int64_t) { return std::string(); }}));
  ASSERT_OK_AND_ASSIGN(const int64_t last, store_.LastPosition());
  ASSERT_OK(Dump());
  EXPECT_EQ(events_.size(), 499 * RowsOfMastery("ada").size() + 1) << "a tombstone stands for the erased learner";
  EXPECT_GT(steps_.size(), 1u);
  EXPECT_EQ(steps_.back(), std::pair(last, last));
}

TEST_F(LedgerDumpTest, EndsWhenNobodyTakesMore) {
  ASSERT_OK(store_.Append(RowsOfMastery("ada")));
  most_ = 2;
  ASSERT_OK(Dump());
  EXPECT_EQ(events_.size(), 2u);
}

TEST_F(LedgerDumpTest, NamesThePlaceOfADamagedEvent) {
  std::vector<NewEvent> rows = RowsOfMastery("ada");
  rows[1].payload = "\xff";
  ASSERT_OK(store_.Append(rows));
  const absl::Status damaged = Dump();
  EXPECT_THAT(damaged, StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(std::string(damaged.message()), HasSubstr("position 2"));
}

}  // namespace
}  // namespace edirae::progress
