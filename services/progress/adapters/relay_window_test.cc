#include "services/progress/adapters/relay_window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace edirae::progress {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RelayWindowTest : public ::testing::Test {
 protected:
  void Add(int64_t from, int64_t to) {
    for (int64_t position = from; position <= to; ++position) window_.Add(position, {});
  }
  std::vector<int64_t> TakeAll() {
    std::vector<int64_t> positions;
    while (const auto outgoing = window_.TakeUnsent()) positions.push_back(outgoing->position);
    return positions;
  }

  RelayWindow window_;
  std::vector<PublishedRun> runs_;
};

TEST_F(RelayWindowTest, AdvancesOverTheAcknowledgedPrefixOnly) {
  Add(1, 4);
  EXPECT_THAT(TakeAll(), ElementsAre(1, 2, 3, 4));
  window_.Acknowledge(2, 12);
  EXPECT_EQ(window_.Advance(runs_), std::nullopt);
  window_.Acknowledge(1, 11);
  EXPECT_EQ(window_.Advance(runs_), 2);
  EXPECT_THAT(runs_, ElementsAre(PublishedRun{1, 11, 2}));
  EXPECT_EQ(window_.size(), 2);
}

TEST_F(RelayWindowTest, SendsWhatFailedAgainAndNothingElse) {
  Add(1, 4);
  TakeAll();
  window_.Acknowledge(1, 1);
  window_.Acknowledge(3, 2);
  window_.Fail(2);
  window_.Fail(3);  // it is in the stream: too late to fail
  window_.Fail(9);
  EXPECT_EQ(window_.Advance(runs_), 1);
  Add(5, 5);
  EXPECT_THAT(TakeAll(), ElementsAre(2, 5));
  window_.Acknowledge(2, 4);
  window_.Acknowledge(4, 3);
  window_.Acknowledge(5, 5);
  EXPECT_EQ(window_.Advance(runs_), 5);
  EXPECT_THAT(runs_,
              ElementsAre(PublishedRun{1, 1, 1}, PublishedRun{2, 4, 1}, PublishedRun{3, 2, 2}, PublishedRun{5, 5, 1}));
}

TEST_F(RelayWindowTest, ClearingForgetsWhatIsUnderWay) {
  Add(1, 2);
  TakeAll();
  window_.Clear();
  window_.Acknowledge(1, 1);
  EXPECT_EQ(window_.Advance(runs_), std::nullopt);
  EXPECT_THAT(runs_, IsEmpty());
  Add(1, 1);
  EXPECT_THAT(TakeAll(), ElementsAre(1));
}

}  // namespace
}  // namespace edirae::progress
