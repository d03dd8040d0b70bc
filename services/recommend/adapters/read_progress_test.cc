#include "services/recommend/adapters/read_progress.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "common/testing/status_matchers.h"

namespace edirae::recommend {
namespace {

constexpr int64_t kStream = 7;

class ReadProgressTest : public ::testing::Test {
 protected:
  int64_t Place(int partition) { return progress_.Places().at(partition).seq; }
  void Settle(int partition, int64_t seq) { progress_.Settle(partition, openings_.at(partition), seq); }
  bool Arrives(int partition, int64_t seq) {
    const std::optional<int64_t> opening = progress_.Arrives(partition, seq);
    if (opening.has_value()) openings_[partition] = *opening;
    return opening.has_value();
  }
  int64_t Restart(int64_t last_seq = 1000) { return progress_.Restart(kStream, last_seq, {}).first_seq; }

  absl::StatusOr<ReadProgress::Start> RestartOn(const std::map<int64_t, int64_t>& stream) {
    return RestartReading(progress_, kStream, stream.rbegin()->first, [&](int64_t seq) -> absl::StatusOr<int64_t> {
      const auto found = stream.find(seq);
      if (found == stream.end()) return absl::NotFoundError("no such message");
      return found->second;
    });
  }

  ReadProgress progress_;
  std::map<int, int64_t> openings_;  // to which the newest arrival of each partition belonged
};

TEST_F(ReadProgressTest, APlaceStaysBeforeWhatIsNotSettled) {
  progress_.Open(1, {kStream, 10});
  EXPECT_EQ(Restart(), 11);
  EXPECT_TRUE(Arrives(1, 11));
  EXPECT_TRUE(Arrives(1, 12));
  EXPECT_FALSE(Arrives(2, 13)) << "somebody else's";
  Settle(1, 12);
  EXPECT_EQ(Place(1), 10);
  Settle(1, 11);
  EXPECT_EQ(Place(1), 13) << "what was somebody else's need not be read again";
}

TEST_F(ReadProgressTest, WhatIsReadAgainForAnotherPartitionIsPassedOver) {
  progress_.Open(1, {kStream, 10});
  EXPECT_EQ(Restart(), 11);
  EXPECT_TRUE(Arrives(1, 11));
  EXPECT_TRUE(Arrives(1, 20));
  Settle(1, 11);
  progress_.Open(2, {kStream, 5});
  EXPECT_EQ(Place(2), 5);
  EXPECT_EQ(Restart(), 6);
  EXPECT_EQ(Place(1), 19);
  EXPECT_TRUE(Arrives(2, 6));
  EXPECT_FALSE(Arrives(1, 11));
  EXPECT_FALSE(Arrives(1, 20)) << "it is being applied";
  EXPECT_TRUE(Arrives(1, 21));
}

TEST_F(ReadProgressTest, WhatIsReturnedComesAgainByARestartWhenItIsDue) {
  const std::chrono::steady_clock::time_point now;
  progress_.Open(1, {kStream, 10});
  Restart();
  EXPECT_TRUE(Arrives(1, 11));
  EXPECT_TRUE(Arrives(1, 12));
  progress_.Return(1, openings_.at(1), 11, absl::Seconds(1));
  EXPECT_FALSE(progress_.IsDue(now));
  EXPECT_TRUE(progress_.IsDue(now + std::chrono::seconds(1)));
  EXPECT_EQ(Restart(), 11);
  EXPECT_FALSE(progress_.IsDue(now + std::chrono::hours(1)));
  EXPECT_TRUE(Arrives(1, 11));
  EXPECT_FALSE(Arrives(1, 12));
  EXPECT_EQ(Place(1), 10);
}

TEST_F(ReadProgressTest, WhatIsSaidOfAnEarlierOpeningIsNotHeard) {
  progress_.Open(1, {kStream, 10});
  Restart();
  EXPECT_TRUE(Arrives(1, 11));
  const int64_t opening = openings_.at(1);
  progress_.Close(1);
  EXPECT_TRUE(progress_.Places().empty());
  progress_.Open(1, {kStream, 10});
  Restart();
  EXPECT_TRUE(Arrives(1, 11));
  progress_.Settle(1, opening, 11);
  EXPECT_EQ(Place(1), 10);
}

TEST_F(ReadProgressTest, AnotherOrAShorterStreamIsReadFromItsStart) {
  progress_.Open(1, {kStream, 10});
  progress_.Open(2, {kStream, 30});
  const auto shorter = progress_.Restart(kStream, 20, {});
  EXPECT_TRUE(shorter.lost_places);
  EXPECT_EQ(shorter.first_seq, 1);
  EXPECT_EQ(Place(1), 10);
  EXPECT_EQ(Place(2), 0);
  const auto other = progress_.Restart(kStream + 1, 20, {});
  EXPECT_TRUE(other.lost_places);
  EXPECT_EQ(other.first_seq, 1);
  EXPECT_EQ(progress_.Places().at(1), (ReadPlace{kStream + 1, 0}));
}

TEST_F(ReadProgressTest, AStreamThatHasGrownAgainAfterARollbackIsReadFromItsStart) {
  progress_.Open(1, {kStream, 10, {12, 120}});
  ASSERT_OK_AND_ASSIGN(auto start, RestartOn({{12, 120}, {13, 130}}));
  EXPECT_FALSE(start.lost_places);
  EXPECT_EQ(start.first_seq, 11);
  EXPECT_TRUE(Arrives(1, 13));
  progress_.SetMark({13, 130});
  Settle(1, 13);
  EXPECT_EQ(progress_.Places().at(1), (ReadPlace{kStream, 13, {13, 130}}));

  ASSERT_OK_AND_ASSIGN(start, RestartOn({{12, 120}, {13, 135}, {14, 140}}));
  EXPECT_TRUE(start.lost_places);
  EXPECT_EQ(start.first_seq, 1);
  EXPECT_EQ(progress_.Places().at(1), (ReadPlace{kStream, 0}));
}

TEST_F(ReadProgressTest, AMarkThatWasErasedIsTakenForLost) {
  progress_.Open(1, {kStream, 10, {12, 120}});
  progress_.Open(2, {kStream, 11, {13, 130}});
  ASSERT_OK_AND_ASSIGN(const auto start, RestartOn({{13, 130}, {14, 140}}));
  EXPECT_EQ(start.first_seq, 1);
  EXPECT_EQ(Place(1), 0);
  EXPECT_EQ(Place(2), 11) << "its own mark is there";
}

TEST_F(ReadProgressTest, AStreamThatCannotBeLookedIntoIsNotTakenForAnother) {
  progress_.Open(1, {kStream, 10, {12, 120}});
  const auto start =
      RestartReading(progress_, kStream, 20, [](int64_t) { return absl::UnavailableError("the bus is away"); });
  EXPECT_EQ(start.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Place(1), 10);
}

}  // namespace
}  // namespace edirae::recommend
