#include "services/progress/adapters/ledger_tail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace edirae::progress {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

std::vector<int64_t> Positions(const LedgerTail& tail, absl::string_view learner, int64_t after = 0) {
  std::vector<int64_t> positions;
  tail.AppendPositions(learner, after, positions);
  return positions;
}

TEST(LedgerTail, KnowsWhereALearnersEventsAndRequestsAre) {
  LedgerTail tail;
  for (const IndexedEvent& event : {IndexedEvent{11, "ada", 7, "r1"}, IndexedEvent{12, "bob", 1, "r1"},
                                    IndexedEvent{13, "ada", 8, ""}, IndexedEvent{14, "ada", 9, "r2"}}) {
    tail.Add(event);
  }
  EXPECT_THAT(Positions(tail, "ada"), ElementsAre(11, 13, 14));
  EXPECT_THAT(Positions(tail, "ada", 7), ElementsAre(13, 14));
  EXPECT_THAT(Positions(tail, "bob"), ElementsAre(12));
  EXPECT_THAT(Positions(tail, "eve"), IsEmpty());
  EXPECT_THAT(tail.LastSeq("ada"), Optional(9));
  EXPECT_EQ(tail.LastSeq("eve"), std::nullopt);
  EXPECT_THAT(tail.FindRequest("ada", "r2"), Optional(14));
  EXPECT_THAT(tail.FindRequest("bob", "r1"), Optional(12)) << "request ids belong to a learner";
  EXPECT_EQ(tail.FindRequest("bob", "r2"), std::nullopt);
  EXPECT_EQ(tail.size(), 4);
  EXPECT_EQ(tail.last_position(), 14);
}

TEST(LedgerTail, TellsIdsApartThatRunTogetherAlike) {
  LedgerTail tail;
  tail.Add({1, "ab", 1, "c"});
  EXPECT_EQ(tail.FindRequest("a", "bc"), std::nullopt);
  EXPECT_THAT(Positions(tail, "a"), IsEmpty());
}

}  // namespace
}  // namespace edirae::progress
