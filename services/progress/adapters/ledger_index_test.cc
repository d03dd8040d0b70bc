#include "services/progress/adapters/ledger_index.h"

#include <algorithm>
#include <string>

#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::ElementsAre;

constexpr TailBounds kBounds = {.portion = 512, .most = 2048};

// An index over a ledger that is a list of rows.
class LedgerIndexTest : public ::testing::Test {
 protected:
  LedgerIndexTest() { Restart(); }

  void Restart() {
    index_.reset();
    const auto read = [this](int64_t after, int64_t up_to) { return Read(after, up_to); };
    index_ = *LedgerIndex::Start(*IndexFiles::Open(folder_.path() + "/index"), read, LastPosition(), kBounds);
  }

  absl::StatusOr<LedgerPage> Read(int64_t after, int64_t up_to) {
    const std::lock_guard lock(mutex_);
    if (!broken_.ok()) return broken_;
    LedgerPage page;
    const auto last = std::min(up_to, LastPosition());
    for (int64_t at = after; at < last; ++at) page.rows.push_back(rows_[static_cast<size_t>(at)]);  // 1 is the first
    ++reads_;
    return page;
  }

  // `count` events of learners who take turns, in one commit.
  void Record(int count, int learners = 1) {
    std::vector<LedgerPage::Row> rows;
    for (int i = 0; i < count; ++i) {
      const std::string learner = "learner" + std::to_string((LastPosition() + i) % learners);
      rows.push_back({LastPosition() + i + 1, learner, ++seqs_[learner], "r" + std::to_string(seqs_[learner])});
    }
    {
      const std::lock_guard lock(mutex_);
      rows_.insert(rows_.end(), rows.begin(), rows.end());
    }
    std::vector<IndexedEvent> events;
    for (const auto& row : rows) events.push_back({row.position, row.learner_id, row.learner_seq, row.request_id});
    index_->Add(events);
  }
  int64_t LastPosition() const { return static_cast<int64_t>(rows_.size()); }

  std::optional<int64_t> Find(const std::string& learner, const std::string& request) {
    const RequestKey keys[] = {{learner, request}};
    return index_->FindRequests(keys)->at(0);
  }
  int reads() {
    const std::lock_guard lock(mutex_);
    return reads_;
  }
  void Break(absl::Status status) {
    const std::lock_guard lock(mutex_);
    broken_ = std::move(status);
  }

  edirae::testing::TempFolder folder_;
  std::mutex mutex_;
  std::vector<LedgerPage::Row> rows_;
  std::map<std::string, int64_t> seqs_;
  absl::Status broken_;
  int reads_ = 0;
  std::unique_ptr<LedgerIndex> index_;
};

TEST_F(LedgerIndexTest, FindsWhatIsInMemoryAndWhatHasMovedAlike) {
  Record(10);
  Restart();  // the first ten are in the files now
  Record(10);
  EXPECT_THAT(index_->Positions("learner0", 0, 100), IsOkAndHolds(::testing::SizeIs(20)));
  EXPECT_THAT(index_->Positions("learner0", 8, 4), IsOkAndHolds(ElementsAre(9, 10, 11, 12)));
  EXPECT_THAT(index_->LastSeq("learner0"), IsOkAndHolds(20));
  EXPECT_EQ(Find("learner0", "r3"), 3);
  EXPECT_EQ(Find("learner0", "r15"), 15);
  EXPECT_EQ(Find("learner0", "r21"), std::nullopt);
}

TEST_F(LedgerIndexTest, NothingIsMissingOrDoubleWhileEventsMove) {
  constexpr int kLearners = 5;
  for (int written = 0; written < static_cast<int>(kBounds.portion) * 20; written += 64) {
    Record(64, kLearners);
    const std::string learner = "learner" + std::to_string(written % kLearners);
    const auto last = index_->LastSeq(learner);
    ASSERT_THAT(last, IsOkAndHolds(seqs_[learner]));
    const auto newest = index_->Positions(learner, *last - 3, 10);
    ASSERT_THAT(newest, IsOkAndHolds(::testing::SizeIs(3)));
    ASSERT_TRUE(std::ranges::is_sorted(*newest));
    ASSERT_TRUE(Find(learner, "r" + std::to_string(*last)).has_value());
    ASSERT_TRUE(Find(learner, "r1").has_value());
  }
  EXPECT_TRUE(Eventually([&] { return reads() > 0; })) << "something has moved";
  EXPECT_THAT(index_->Positions("learner3", 0, 1 << 20), IsOkAndHolds(::testing::SizeIs(seqs_["learner3"])));
}

TEST_F(LedgerIndexTest, WhatTheFilesDidNotKnowIsAskedAgainOnceTheyHaveChanged) {
  EXPECT_EQ(Find("learner0", "r1"), std::nullopt);
  EXPECT_THAT(index_->LastSeq("learner0"), IsOkAndHolds(0));
  Record(1);
  EXPECT_EQ(Find("learner0", "r1"), 1) << "in memory";
  Record(1000, 3);
  ASSERT_TRUE(Eventually([&] { return index_->mark()->position >= 1001; }));
  Record(1000, 3);  // learner0's first events are in files only
  EXPECT_EQ(Find("learner0", "r1"), 1);
  EXPECT_EQ(Find("learner0", "r1"), 1);
  EXPECT_THAT(index_->LastSeq("learner0"), IsOkAndHolds(seqs_["learner0"]));
}

TEST_F(LedgerIndexTest, SeesAPlaceOrARequestThatIsTaken) {
  Record(1);
  Restart();
  Record(1);
  const auto conflicts = [&](std::vector<IndexedEvent> events) { return index_->Conflicts(events); };
  EXPECT_THAT(conflicts({{3, "learner0", 3, "r3"}, {4, "bob", 1, "r1"}}), IsOkAndHolds(false));
  EXPECT_THAT(conflicts({{3, "learner0", 2, ""}}), IsOkAndHolds(true)) << "in memory";
  EXPECT_THAT(conflicts({{3, "learner0", 1, ""}}), IsOkAndHolds(true)) << "in the files";
  EXPECT_THAT(conflicts({{3, "learner0", 3, "r1"}}), IsOkAndHolds(true)) << "in the files";
  EXPECT_THAT(conflicts({{3, "learner0", 3, "r2"}}), IsOkAndHolds(true)) << "in memory";
  EXPECT_THAT(conflicts({{3, "bob", 1, ""}, {4, "bob", 1, ""}}), IsOkAndHolds(true)) << "twice in one commit";
  EXPECT_THAT(conflicts({{3, "bob", 1, "a"}, {4, "bob", 2, "a"}}), IsOkAndHolds(true)) << "twice in one commit";
}

TEST_F(LedgerIndexTest, WhenItCannotFollowNothingMoreIsTakenUntilItCan) {
  Break(absl::ResourceExhaustedError("the disk is full"));
  while (index_->WaitForRoom().ok()) Record(256, 100);
  EXPECT_THAT(index_->WaitForRoom(), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_LE(rows_.size(), kBounds.most + kBounds.portion + 256);
  EXPECT_THAT(index_->LastSeq("learner5"), IsOkAndHolds(seqs_["learner5"])) << "reading goes on";
  Break(absl::OkStatus());
  EXPECT_TRUE(Eventually([&] { return index_->WaitForRoom().ok(); }));
  EXPECT_THAT(index_->Positions("learner5", 0, 1 << 20), IsOkAndHolds(::testing::SizeIs(seqs_["learner5"])));
}

}  // namespace
}  // namespace edirae::progress
