#include "services/recommend/domain/copy_on_write.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

namespace edirae::recommend {
namespace {

using Text = CopyOnWrite<std::string>;

TEST(CopyOnWrite, CopiesShareUntilOneIsWritten) {
  Text first(std::string("vectors"));
  const Text second = first;
  EXPECT_EQ(&*first, &*second);
  first.Write() = "matrices";
  EXPECT_EQ(*second, "vectors");
  EXPECT_EQ(*first, "matrices");
  EXPECT_FALSE(first == second);
}

TEST(CopyOnWrite, TheOnlyOwnerWritesInPlace) {
  Text first(std::string("vectors"));
  std::optional<Text> second = first;
  second.reset();
  const std::string* const place = &*first;
  first.Write() += "!";
  EXPECT_EQ(&*first, place);
  EXPECT_EQ(*first, "vectors!");
}

TEST(CopyOnWrite, MovesAndAssignsAsAnyValue) {
  Text first(std::string("vectors"));
  Text second = std::move(first);
  first = second;
  EXPECT_EQ(&*first, &*second);
  second = Text(std::string("vectors"));
  EXPECT_NE(&*first, &*second);
  EXPECT_TRUE(first == second) << "compared by what they hold";
}

}  // namespace
}  // namespace edirae::recommend
