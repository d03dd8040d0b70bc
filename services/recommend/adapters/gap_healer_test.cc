#include "services/recommend/adapters/gap_healer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/adapters/checkpointer.h"
#include "services/recommend/limits.h"
#include "services/recommend/testing/fake_checkpoint_store.h"
#include "services/recommend/testing/owns_all.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using testing::History;
using testing::Noon;

// A ledger of one learner that gives pages of two events, and can be down.
class FakeHistoryReader final : public HistoryReader {
 public:
  void Read(const std::string&, int64_t after_seq, Callback callback) override {
    ++reads;
    if (down) return std::move(callback)(absl::UnavailableError("down"));
    std::vector<events::v1::LearnerEvent> page;
    for (const auto& event : ledger) {
      if (event.learner_seq() > after_seq && page.size() < 2) page.push_back(event);
    }
    std::move(callback)(std::move(page));
  }

  std::vector<events::v1::LearnerEvent> ledger;
  bool down = false;
  int reads = 0;
};

class GapHealerTest : public ::testing::Test {
 protected:
  void Bring(const events::v1::LearnerEvent& event) {
    std::vector<Arrival> arrivals;
    arrivals.push_back({.event = event, .receipt = nullptr});
    applier_.Apply(std::move(arrivals));
  }
  void Steps(int count) {
    for (int i = 0; i < count; ++i) healer_.Step(applier_);
  }
  int64_t Applied() { return *applier_.AppliedSeq("ada"); }

  FakeClock clock_{Noon()};
  Metrics metrics_;
  testing::FakeCheckpointStore store_;
  FakeHistoryReader history_;
  GapHealer healer_{history_, clock_, metrics_};
  LiveStates states_{store_, 1000, metrics_, [this](const std::string& id) { healer_.CatchUp(id); },
                     testing::OwnsAll()};
  Checkpointer checkpointer_{store_, states_, metrics_, testing::OwnsAll()};
  EventApplier applier_{testing::SampleModels(),        states_, checkpointer_, clock_, metrics_,
                        [](const std::string&, bool) {}};
  const std::vector<events::v1::LearnerEvent> events_ = testing::RandomHistory("ada", 7, 1).events();
};

TEST_F(GapHealerTest, AsksTheLedgerWhenAnEventStaysMissing) {
  history_.ledger = events_;
  Bring(events_[0]);
  Bring(events_[6]);
  Steps(3);
  EXPECT_EQ(history_.reads, 0) << "it may still come by the bus";
  clock_.Advance(limits::kGapPatience);
  Steps(10);
  EXPECT_EQ(Applied(), 7);
}

TEST_F(GapHealerTest, TriesAgainAfterAPauseWhenTheLedgerIsDown) {
  history_.ledger = events_;
  history_.down = true;
  Bring(events_[6]);
  clock_.Advance(limits::kGapPatience);
  Steps(10);
  EXPECT_EQ(history_.reads, 1);
  EXPECT_EQ(Applied(), 0);
  history_.down = false;
  clock_.Advance(limits::kGapRetry);
  Steps(10);
  EXPECT_EQ(Applied(), 7);
}

TEST_F(GapHealerTest, DoesNotPesterALedgerThatCannotHelp) {
  Bring(events_[6]);
  clock_.Advance(limits::kGapPatience);
  Steps(100);
  EXPECT_EQ(history_.reads, 1);
}

TEST_F(GapHealerTest, CatchesUpWithAHistoryThatNoEventPointsTo) {
  history_.ledger = events_;
  history_.down = true;
  healer_.CatchUp("ada");
  Steps(10);
  EXPECT_EQ(history_.reads, 1);
  history_.down = false;
  clock_.Advance(limits::kGapRetry);
  Steps(10);
  EXPECT_EQ(Applied(), 7);
}

// What the bus delivers again, as a ledger that was restored has it do.
class IgnoredReceipt final : public Receipt {
 public:
  void Ack() override {}
  void Nak(absl::Duration) override {}
};

class RestoredLedgerTest : public GapHealerTest {
 protected:
  void Redeliver(const events::v1::LearnerEvent& event) {
    std::vector<Arrival> arrivals;
    arrivals.push_back({.event = event, .receipt = std::make_unique<IgnoredReceipt>()});
    applier_.Apply(std::move(arrivals));
  }
  bool CountsAhead(int learners) const {
    return metrics_.Text().find("edirae_recommend_learners_ahead_of_ledger " + std::to_string(learners) + "\n") !=
           std::string::npos;
  }
};

TEST_F(RestoredLedgerTest, IsNoticedByEventsThatComeAgain) {
  for (const auto& event : events_) Bring(event);
  history_.ledger.assign(events_.begin(), events_.begin() + 4);
  ::testing::internal::CaptureStderr();
  Redeliver(events_[3]);
  Steps(10);
  EXPECT_TRUE(CountsAhead(0)) << "they may have been erased";
  clock_.Advance(limits::kAheadPatience);
  Steps(10);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), ::testing::HasSubstr("Remedy"));
  EXPECT_TRUE(CountsAhead(1));
}

TEST_F(RestoredLedgerTest, AnErasedHistoryIsNoRestoredLedger) {
  for (const auto& event : events_) Bring(event);
  Redeliver(events_[3]);
  Steps(10);
  EXPECT_EQ(history_.reads, 1) << "it was compared";
  events::v1::LearnerEvent erased;
  erased.set_learner_id("ada");
  erased.set_learner_seq(static_cast<int64_t>(events_.size()) + 1);
  erased.mutable_learner_erased();
  Bring(erased);
  for (int i = 0; i < 5; ++i) {
    clock_.Advance(limits::kAheadPatience);
    Steps(10);
  }
  EXPECT_TRUE(CountsAhead(0));
}

TEST_F(RestoredLedgerTest, ARepetitionOfWhatTheLedgerHasIsNone) {
  for (const auto& event : events_) Bring(event);
  history_.ledger = events_;
  Redeliver(events_[3]);
  Steps(10);
  EXPECT_EQ(history_.reads, 1) << "it was compared";
  EXPECT_TRUE(CountsAhead(0));
}

TEST_F(RestoredLedgerTest, ALedgerThatDoesNotAnswerIsNotBehind) {
  for (const auto& event : events_) Bring(event);
  history_.down = true;
  Redeliver(events_[3]);
  Steps(10);
  EXPECT_TRUE(CountsAhead(0));
}

}  // namespace
}  // namespace edirae::recommend
