#include "services/recommend/domain/mastery/item_memory.h"

#include <gtest/gtest.h>

#include "services/recommend/limits.h"

namespace edirae::recommend::mastery {
namespace {

TEST(ItemMemory, RemembersEachItemApart) {
  ItemMemory memory;
  EXPECT_EQ(memory.Find(1), ItemHistory{});
  for (ShortKey key = 1; key <= 1000; ++key) memory.Record(key, key % 3 == 0);
  memory.Record(7, true);
  EXPECT_EQ(memory.size(), 1000u);
  EXPECT_EQ(memory.Find(7).attempts, 2);
  EXPECT_EQ(memory.Find(7).correct, 1);
  EXPECT_EQ(memory.Find(7).outcomes, 0b101);
  EXPECT_EQ(memory.Find(9).correct, 1);
  EXPECT_EQ(memory.Find(1001), ItemHistory{});
}

TEST(ItemMemory, ForgetsInsteadOfGrowingPastItsLimit) {
  ItemMemory memory;
  const auto last = static_cast<ShortKey>(limits::kMaxItemsPerLearner * 3);
  for (ShortKey key = 1; key <= last; ++key) {
    memory.Record(key, true);
    ASSERT_EQ(memory.Find(key).attempts, 1);
  }
  EXPECT_EQ(memory.size(), limits::kMaxItemsPerLearner);
  size_t found = 0;
  for (ShortKey key = 1; key <= last; ++key) found += memory.Find(key).attempts;
  EXPECT_EQ(found, limits::kMaxItemsPerLearner) << "every remembered item can still be found";
}

TEST(ItemMemory, CountsStopWhereTheyAreFull) {
  ItemMemory memory;
  for (int i = 0; i < 1000; ++i) memory.Record(5, true);
  EXPECT_EQ(memory.Find(5).attempts, 255);
  EXPECT_EQ(memory.Find(5).correct, 255);
}

}  // namespace
}  // namespace edirae::recommend::mastery
