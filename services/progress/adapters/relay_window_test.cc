#include "services/progress/adapters/relay_window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace edirae::progress {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class RelayWindowTest : public ::testing::Test {
 protected:
  void Add(int64_t from, int64_t to) {
    for (int64_t position = from; position <= to; ++position) window_.Add(position, {});
  }
  // The first and last position of each group.
  std::vector<std::pair<int64_t, int64_t>> TakeAll(size_t max = 100) {
    std::vector<std::pair<int64_t, int64_t>> groups;
    while (const auto group = window_.TakeUnsent(max)) {
      EXPECT_EQ(group->messages.size(), group->last - group->first + 1);
      groups.emplace_back(group->first, group->last);
    }
    return groups;
  }

  RelayWindow window_;
  std::vector<PublishedRun> runs_;
};

TEST_F(RelayWindowTest, AdvancesOverTheAcknowledgedPrefixOnly) {
  Add(1, 4);
  EXPECT_THAT(TakeAll(2), ElementsAre(Pair(1, 2), Pair(3, 4)));
  window_.Acknowledge(3, 4, 14);
  EXPECT_EQ(window_.Advance(runs_), std::nullopt);
  window_.Acknowledge(1, 2, 12);
  EXPECT_EQ(window_.Advance(runs_), 4);
  EXPECT_THAT(runs_, ElementsAre(PublishedRun{1, 11, 4}));
  EXPECT_EQ(window_.size(), 0);
}

TEST_F(RelayWindowTest, SendsWhatFailedAgainOneByOneAndNothingElse) {
  Add(1, 5);
  TakeAll();
  window_.Acknowledge(1, 1, 1);
  window_.Acknowledge(3, 3, 2);
  window_.Fail(2, 4);  // the third is in the stream: too late to fail
  window_.Fail(9, 10);
  EXPECT_EQ(window_.Advance(runs_), 1);
  Add(6, 7);
  EXPECT_THAT(TakeAll(), ElementsAre(Pair(2, 2), Pair(4, 4), Pair(6, 7)));
  window_.Acknowledge(2, 2, 4);
  window_.Acknowledge(4, 4, 3);
  window_.Acknowledge(5, 5, 5);
  EXPECT_EQ(window_.Advance(runs_), 5);
  EXPECT_THAT(runs_,
              ElementsAre(PublishedRun{1, 1, 1}, PublishedRun{2, 4, 1}, PublishedRun{3, 2, 2}, PublishedRun{5, 5, 1}));
}

TEST_F(RelayWindowTest, AFailedEventEndsTheGroupBeforeIt) {
  Add(1, 1);
  TakeAll();
  Add(2, 3);
  window_.Fail(1, 1);
  Add(4, 4);
  EXPECT_THAT(TakeAll(), ElementsAre(Pair(1, 1), Pair(2, 4)));
  window_.Fail(3, 3);
  window_.Fail(2, 2);
  EXPECT_THAT(TakeAll(), ElementsAre(Pair(2, 2), Pair(3, 3)));
}

TEST_F(RelayWindowTest, WhatMayBeThereComesAlone) {
  Add(1, 2);
  window_.Add(3, {}, /*maybe_there=*/true);
  Add(4, 5);
  EXPECT_THAT(TakeAll(), ElementsAre(Pair(1, 2), Pair(3, 3), Pair(4, 5)));
}

TEST_F(RelayWindowTest, ClearingForgetsWhatIsUnderWay) {
  Add(1, 2);
  TakeAll();
  window_.Clear();
  window_.Acknowledge(1, 2, 2);
  EXPECT_EQ(window_.Advance(runs_), std::nullopt);
  EXPECT_THAT(runs_, IsEmpty());
  Add(1, 1);
  EXPECT_THAT(TakeAll(), ElementsAre(Pair(1, 1)));
}

}  // namespace
}  // namespace edirae::progress
