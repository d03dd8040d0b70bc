#include "services/catalog/domain/shuffle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace edirae::catalog {
namespace {

v1::KeyedQuestion Ordering(const std::string& id, const std::vector<std::string>& items) {
  v1::KeyedQuestion keyed;
  keyed.mutable_question()->set_question_id(id);
  keyed.mutable_question()->set_kind(v1::QUESTION_KIND_ORDERING);
  for (const std::string& item : items) {
    keyed.mutable_question()->add_choices()->set_choice_id(item);
    keyed.mutable_key()->mutable_order()->add_choice_ids(item);
  }
  return keyed;
}

std::string Shown(const v1::KeyedQuestion& keyed) {
  std::string shown;
  for (const v1::Choice& choice : keyed.question().choices()) shown += choice.choice_id();
  return shown;
}

TEST(ShuffleItems, NeverShowsTheRightOrder) {
  std::set<std::string> orders;
  for (int i = 0; i < 1000; ++i) {
    v1::KeyedQuestion keyed = Ordering(absl::StrCat("c.q", i), {"a", "b", "c"});
    ShuffleItems(keyed);
    orders.insert(Shown(keyed));
  }
  EXPECT_EQ(orders, (std::set<std::string>{"acb", "bac", "bca", "cab", "cba"}));
}

TEST(ShuffleItems, DependsOnNothingButIds) {
  v1::KeyedQuestion once = Ordering("c.q", {"a", "b", "c", "d"});
  v1::KeyedQuestion other = once;
  ShuffleItems(once);
  std::reverse(other.mutable_question()->mutable_choices()->begin(),
               other.mutable_question()->mutable_choices()->end());
  ShuffleItems(other);
  EXPECT_EQ(Shown(once), Shown(other));
  ShuffleItems(other);
  EXPECT_EQ(Shown(once), Shown(other)) << "again";
}

TEST(ShuffleItems, IsTheSameForEver) {
  v1::KeyedQuestion keyed = Ordering("backpropagation.steps", {"forward", "loss", "backward", "update"});
  ShuffleItems(keyed);
  EXPECT_EQ(Shown(keyed), "updatebackwardforwardloss");
}

TEST(ShuffleItems, LeavesChoicesAsTheirAuthorWroteThem) {
  v1::KeyedQuestion keyed = Ordering("c.q", {"a", "b"});
  keyed.mutable_question()->set_kind(v1::QUESTION_KIND_SINGLE_CHOICE);
  ShuffleItems(keyed);
  EXPECT_EQ(Shown(keyed), "ab");
}

}  // namespace
}  // namespace edirae::catalog
