#include "common/catalog_feed/list_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "common/testing/seed.h"

namespace edirae::catalog_feed {
namespace {

using catalog::v1::ListRun;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Digests = std::vector<uint64_t>;

// The digests of questions, the second list, and nothing in the others.
ElementDigests Questions(Digests digests) {
  ElementDigests all(ContentLists().size());
  all[1] = std::move(digests);
  return all;
}

// The runs between two states of one list, which must be the only one that changes.
std::vector<ListRun> Runs(const Digests& base, const Digests& next) {
  const auto changes = ChangesBetween(Questions(base), Questions(next));
  EXPECT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes.at(0).field_number(), catalog::v1::RevisionContent::kQuestionsFieldNumber);
  return {changes[0].runs().begin(), changes[0].runs().end()};
}

MATCHER_P3(IsRun, first_held, held, sent, "") {
  *result_listener << arg.ShortDebugString();
  return arg.first_held() == first_held && arg.held_count() == held && arg.sent_count() == sent;
}

TEST(ListChanges, SayNothingOfEqualLists) {
  EXPECT_THAT(ChangesBetween(Questions({1, 2, 3}), Questions({1, 2, 3})), IsEmpty());
}

TEST(ListChanges, HoldWhatStandsAroundAChange) {
  EXPECT_THAT(Runs({1, 2, 3, 4}, {1, 2, 9, 4}), ElementsAre(IsRun(0, 2, 1), IsRun(3, 1, 0)));
  EXPECT_THAT(Runs({1, 2}, {8, 9, 1, 2}), ElementsAre(IsRun(0, 0, 2), IsRun(0, 2, 0)));
  EXPECT_THAT(Runs({1, 2}, {1, 2, 8, 9}), ElementsAre(IsRun(0, 2, 2)));
}

TEST(ListChanges, LeaveOutWhatIsGone) {
  EXPECT_THAT(Runs({1, 2, 3, 4}, {1, 4}), ElementsAre(IsRun(0, 1, 0), IsRun(3, 1, 0)));
  EXPECT_THAT(Runs({1, 2}, {}), IsEmpty());
}

TEST(ListChanges, HoldWhatHasMoved) {
  EXPECT_THAT(Runs({1, 2, 3, 4}, {3, 4, 1, 2}), ElementsAre(IsRun(2, 2, 0), IsRun(0, 2, 0)));
}

TEST(ListChanges, HoldOfTwoEqualElementsTheOneThatFollows) {
  EXPECT_THAT(Runs({7, 1, 7, 2}, {7, 1, 7, 2, 3}), ElementsAre(IsRun(0, 4, 1)));
}

// Puts a list together as a follower does.
Digests Apply(const Digests& base, const std::vector<ListRun>& runs, const Digests& next) {
  Digests result;
  for (const ListRun& run : runs) {
    const auto first = base.begin() + run.first_held();
    result.insert(result.end(), first, first + run.held_count());
    for (int i = 0; i < run.sent_count(); ++i) result.push_back(next.at(result.size()));
  }
  return result;
}

TEST(ListChanges, LeadFromAnyListToAnyOther) {
  std::mt19937_64 random(testing::Seed());
  for (int round = 0; round < 2000; ++round) {
    Digests base, next;
    for (auto size = random() % 12; size > 0; --size) base.push_back(random() % 15);
    for (auto size = random() % 12; size > 0; --size) next.push_back(random() % 15);
    if (base == next) continue;
    EXPECT_EQ(Apply(base, Runs(base, next), next), next);
  }
}

}  // namespace
}  // namespace edirae::catalog_feed
