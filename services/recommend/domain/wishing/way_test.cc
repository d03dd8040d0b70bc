#include "services/recommend/domain/wishing/way.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "services/recommend/testing/sample.h"

namespace edirae::recommend::wishing {
namespace {

using recommend::testing::SampleCourse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<int> OrderOf(const Way& way) {
  std::vector<int> order;
  way.Walk([&order](int position) {
    order.push_back(position);
    return true;
  });
  return order;
}

std::vector<bool> Nothing(const CourseIndex& course) { return std::vector<bool>(course.concepts.size(), false); }

// Of the sample: 0 vectors, 1 matrices (after vectors), 2 history, 3 regression (after both), 4 trees (after
// regression).
TEST(Way, BringsWhatTheGoalNeedsAndNothingElse) {
  const Way way(SampleCourse(), {3}, {}, Nothing(SampleCourse()));
  EXPECT_THAT(OrderOf(way), ElementsAre(0, 1, 3));
  EXPECT_EQ(way.left_count(), 3);
  EXPECT_TRUE(way.Wants(3));
  EXPECT_FALSE(way.Wants(0));
  EXPECT_FALSE(way.Has(4));
  EXPECT_FALSE(way.reached());
}

TEST(Way, EndsAtWhatIsDone) {
  const Way way(SampleCourse(), {3}, {}, {false, true, false, false, false});
  EXPECT_THAT(OrderOf(way), ElementsAre(0, 3)) << "regression needs vectors itself";
  const Way reached(SampleCourse(), {3}, {}, {false, false, false, true, false});
  EXPECT_THAT(OrderOf(reached), IsEmpty());
  EXPECT_TRUE(reached.reached());
  EXPECT_EQ(reached.done_count(), 1);
  EXPECT_TRUE(reached.Needs(3));
  EXPECT_FALSE(reached.Has(3));
}

TEST(Way, PutsPinsFirstWithWhatTheyNeed) {
  const Way way(SampleCourse(), {0, 1}, {{.position = 3, .day = absl::CivilDay(2027, 2, 1)}, {.position = 2}},
                Nothing(SampleCourse()));
  EXPECT_THAT(OrderOf(way), ElementsAre(2, 0, 1, 3)) << "a pin without a day comes before one with";
  ASSERT_NE(way.PinOf(0), nullptr);
  EXPECT_EQ(way.PinOf(0)->position, 3);
  EXPECT_EQ(way.PinOf(2)->position, 2);
  EXPECT_EQ(way.PinOf(4), nullptr);
}

TEST(Way, EndsTheWalkWhenItIsTold) {
  std::vector<int> seen;
  const Way way(SampleCourse(), {4}, {}, Nothing(SampleCourse()));
  way.Walk([&seen](int position) {
    seen.push_back(position);
    return seen.size() < 2;
  });
  EXPECT_THAT(seen, ElementsAre(0, 1));
}

// What the way is, said another way: whoever has nothing before them that is not placed, the first of those.
std::vector<int> Slowly(const CourseIndex& course, const Way& way, const std::vector<Pin>& by_rank) {
  const auto rank = [&](int position) {
    const Pin* const pin = way.PinOf(position);
    return pin == nullptr ? by_rank.size() : static_cast<size_t>(std::ranges::find(by_rank, *pin) - by_rank.begin());
  };
  std::set<std::pair<size_t, int>> left;
  for (int position = 0; position < static_cast<int>(course.concepts.size()); ++position) {
    if (way.Has(position)) left.emplace(rank(position), position);
  }
  const auto is_ready = [&](const std::pair<size_t, int>& place) {
    const TaughtConcept& taught = course.concepts[static_cast<size_t>(place.second)];
    const auto holds_up = [&](int it) { return rank(it) <= place.first && left.contains({rank(it), it}); };
    return std::ranges::none_of(taught.prerequisites, holds_up) && std::ranges::none_of(taught.helpful, holds_up);
  };
  std::vector<int> order;
  while (!left.empty()) {
    const auto next = std::ranges::find_if(left, is_ready);
    if (next == left.end()) break;
    order.push_back(next->second);
    left.erase(next);
  }
  return order;
}

TEST(Way, IsInTheSameOrderAsWhenEverythingIsLookedAt) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto chance = [&random](unsigned percent) { return random() % 100 < percent; };
    const int size = 1 + static_cast<int>(random() % 40);
    CourseIndex course;
    course.concepts.resize(static_cast<size_t>(size));
    std::vector<int> rank(static_cast<size_t>(size));  // edges lead up, against the curriculum's order too
    for (int i = 0; i < size; ++i) rank[static_cast<size_t>(i)] = i;
    if (chance(50)) std::ranges::shuffle(rank, random);
    std::vector<int> concepts;
    std::vector<Pin> pins;
    std::vector<bool> done;
    for (int i = 0; i < size; ++i) {
      for (int j = 0; j < size; ++j) {
        if (rank[static_cast<size_t>(j)] >= rank[static_cast<size_t>(i)]) continue;
        if (chance(8)) course.concepts[static_cast<size_t>(i)].prerequisites.push_back(j);
        if (chance(4)) course.concepts[static_cast<size_t>(i)].helpful.push_back(j);
      }
      if (chance(30)) concepts.push_back(i);
      if (chance(10)) pins.push_back({.position = i});
      done.push_back(chance(20));
    }
    const Way way(course, concepts, pins, done);
    const std::vector<int> order = OrderOf(way);
    EXPECT_EQ(order, Slowly(course, way, pins));
    EXPECT_EQ(static_cast<int>(order.size()), way.left_count());
  }
}

}  // namespace
}  // namespace edirae::recommend::wishing
