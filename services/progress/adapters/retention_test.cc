#include "services/progress/adapters/retention.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/progress/adapters/pseudonym.h"
#include "services/progress/adapters/sqlite_event_store.h"
#include "services/progress/adapters/store_history.h"
#include "services/progress/adapters/store_ledger.h"
#include "services/progress/domain/event_head.h"
#include "services/progress/domain/tombstone.h"
#include "services/progress/limits.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::SizeIs;

const absl::Time kToday = absl::FromUnixSeconds(1'800'000'000);
constexpr absl::Duration kDay = absl::Hours(24);

class RetentionTest : public ::testing::Test {
 protected:
  // Something that a learner did, so long ago.
  void Did(const std::string& learner_id, absl::Duration ago) {
    events::v1::LearnerEvent event;
    WriteHead({.event_id = NewUuid7(kToday),
               .learner_id = learner_id,
               .learner_seq = ++seqs_[learner_id],
               .occur_time = kToday - ago,
               .record_time = kToday - ago},
              event);
    ASSERT_OK(store_.Append(std::vector<NewEvent>{{learner_id, event.learner_seq(), event.SerializeAsString(),
                                                   absl::StrCat("r", event.learner_seq()), 7, "outcome"}}));
  }

  absl::Status Forget(const std::string& learner_id, int64_t last_seq) {
    if (before_erasure_ != nullptr) before_erasure_(learner_id);
    EraseCommand command{.learner_id = learner_id,
                         .receipt_key = learner_id,
                         .now = clock_.Now(),
                         .make_tombstone = {},
                         .only_at_seq = last_seq};
    command.make_tombstone = [&](const std::string& pseudonym, int64_t count) {
      return Tombstone(pseudonym, count, clock_.Now());
    };
    return store_.Erase(command).status();
  }

  std::vector<std::string> Left() { return store_.ListLearners("", 1000).value(); }

  Metrics metrics_;
  FakeClock clock_{kToday};
  FakeEventStore store_;
  std::map<std::string, int64_t> seqs_;
  std::function<void(const std::string&)> before_erasure_;
  Retention retention_{
      store_, clock_, 365 * kDay,
      [this](const std::string& learner_id, int64_t last_seq, absl::Time) { return Forget(learner_id, last_seq); },
      metrics_};
};

TEST_F(RetentionTest, ErasesWhomNothingWasRecordedOfForSoLong) {
  EXPECT_THAT(retention_.Sweep(), IsOkAndHolds(0)) << "an empty ledger";
  Did("away", 800 * kDay);
  Did("away", 366 * kDay);
  Did("began-early", 800 * kDay);
  Did("began-early", 364 * kDay);
  Did("here", absl::ZeroDuration());
  EXPECT_THAT(retention_.Sweep(), IsOkAndHolds(1));
  EXPECT_THAT(Left(), ElementsAre("began-early", "here"));
  EXPECT_THAT(retention_.Sweep(), IsOkAndHolds(0));
}

TEST_F(RetentionTest, LooksAtEveryPage) {
  constexpr int kPage = limits::kRetentionPage;
  const std::set<int> away = {0, kPage - 1, kPage, 2 * kPage + 2};
  for (int i = 0; i < 2 * kPage + 3; ++i) Did(absl::StrFormat("learner-%04d", i), (away.contains(i) ? 400 : 1) * kDay);
  Did("here", absl::ZeroDuration());
  EXPECT_THAT(retention_.Sweep(), IsOkAndHolds(4));
  EXPECT_THAT(Left(), SizeIs(2 * kPage));
}

TEST_F(RetentionTest, KeepsWhoComesBackAtThatMoment) {
  Did("away", 400 * kDay);
  Did("here", absl::ZeroDuration());
  before_erasure_ = [this](const std::string& learner_id) { Did(learner_id, absl::ZeroDuration()); };
  EXPECT_THAT(retention_.Sweep(), IsOkAndHolds(0));
  EXPECT_THAT(Left(), ElementsAre("away", "here"));
}

TEST_F(RetentionTest, AClockThatJumpsAheadMakesNobodyOld) {
  Did("ada", 2 * kDay);
  Did("bob", kDay);
  clock_.Advance(10'000 * kDay);
  EXPECT_THAT(retention_.Sweep(), IsOkAndHolds(0));
  EXPECT_THAT(Left(), ElementsAre("ada", "bob"));
}

TEST_F(RetentionTest, AClockThatGoesBackMakesNobodyOld) {
  Did("ada", 300 * kDay);
  Did("bob", -100 * kDay);
  EXPECT_THAT(retention_.Sweep(), IsOkAndHolds(0));
}

TEST_F(RetentionTest, StopsBetweenTwoLearners) {
  Did("away", 400 * kDay);
  Did("away-too", 400 * kDay);
  Did("here", absl::ZeroDuration());
  before_erasure_ = [this](const std::string&) { retention_.Stop(); };
  EXPECT_THAT(retention_.Sweep(), StatusIs(absl::StatusCode::kUnavailable)) << "stopped after the first";
  EXPECT_THAT(Left(), ElementsAre("away-too", "here"));
}

TEST_F(RetentionTest, LooksByItself) {
  Did("away", 400 * kDay);
  Did("here", absl::ZeroDuration());
  retention_.Start(absl::Milliseconds(1));
  EXPECT_TRUE(Eventually([&] { return Left().size() == 1; }));
  retention_.Stop();
  retention_.Stop();
}

// The ledger as it is in the program.
TEST(ForgetInactive, TakesWhoeverIsStillAwayAndKeepsAReceipt) {
  const edirae::testing::TempFolder folder;
  ASSERT_OK_AND_ASSIGN(const auto store, SqliteEventStore::Open(folder.path()));
  ASSERT_OK(store->Append(RowsOfMastery("ada")));
  ASSERT_OK(store->Append(RowsOfMastery("bob")));
  ASSERT_OK_AND_ASSIGN(const int64_t last_seq, store->LastSeq("ada"));
  Metrics metrics;
  const FakeClock clock(kToday);
  const CurrentContent content;
  StoreLedger ledger(*store, content, clock, metrics, 100, [] {});
  int told = 0;  // the relay
  StoreHistory history(*store, ledger, clock, metrics, [&] { ++told; });
  ASSERT_TRUE(edirae::testing::Eventually([&] { return ledger.queue().ActsOf("ada").ok(); }));
  EXPECT_THAT(history.ForgetInactive("ada", last_seq - 1, kToday), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(store->LastSeq("ada"), IsOkAndHolds(last_seq));
  EXPECT_OK(history.ForgetInactive("ada", last_seq, kToday));
  EXPECT_GE(told, 2);
  EXPECT_THAT(store->LastSeq("ada"), IsOkAndHolds(0));
  EXPECT_THAT(store->LastSeq("bob"), IsOkAndHolds(last_seq));
  EXPECT_THAT(history.ForgetInactive("ada", last_seq, kToday), StatusIs(absl::StatusCode::kAborted)) << "gone";
  ASSERT_OK_AND_ASSIGN(const auto receipt, store->FindErasure(ReceiptKey("ada", "inactive-2027-01-15")));
  ASSERT_TRUE(receipt.has_value());
  EXPECT_EQ(receipt->event_count, last_seq);
}

}  // namespace
}  // namespace edirae::progress
