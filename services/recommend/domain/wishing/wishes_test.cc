#include "services/recommend/domain/wishing/wishes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/testing/sample.h"

namespace edirae::recommend::wishing {
namespace {

using recommend::testing::History;
using recommend::testing::SampleCourse;
using ::testing::ElementsAre;

events::v1::GoalSet To(const std::vector<std::string>& concept_ids) {
  events::v1::GoalSet goal;
  for (const std::string& id : concept_ids) goal.mutable_concepts()->add_concept_ids(id);
  goal.set_hours_per_week(5);
  return goal;
}

std::optional<Wishes> WishesAfter(const History& history, const CourseIndex& course = SampleCourse()) {
  const LearnerState state = history.Fold();
  return WishesOf(*state.kept, state.known, course);
}

TEST(Wishes, AreNoneOfAnotherCourse) {
  EXPECT_FALSE(WishesAfter(History()).has_value());
  EXPECT_FALSE(WishesAfter(History().SetGoal(To({"cooking"})).Pin({"baking"})).has_value());
}

TEST(Wishes, NameTheGoalByWhatItIsAbout) {
  EXPECT_EQ(WishesAfter(History().SetGoal(To({"trees"})))->goal_title, "Trees");
  EXPECT_EQ(WishesAfter(History().SetGoal(To({"trees", "vectors"})))->goal_title, "Trees and Vectors");
  EXPECT_EQ(WishesAfter(History().SetGoal(To({"trees", "vectors", "history", "matrices"})))->goal_title,
            "Trees, Vectors and 2 more");
  CourseIndex course = SampleCourse();
  course.title = "Mathematics";
  course.careers = {{.id = "quant", .title = "Quant", .concepts = {4, 2}}, {.id = "none", .title = "None"}};
  events::v1::GoalSet goal;
  goal.set_roadmap_id("maths");
  EXPECT_EQ(WishesAfter(History().SetGoal(goal), course)->goal_title, "Mathematics");
  EXPECT_THAT(WishesAfter(History().SetGoal(goal), course)->concepts, ElementsAre(0, 1, 3, 4))
      << "not the optional one";
  goal.mutable_career()->set_roadmap_id("maths");
  goal.mutable_career()->set_career_id("quant");
  EXPECT_EQ(WishesAfter(History().SetGoal(goal), course)->goal_title, "Quant");
  EXPECT_THAT(WishesAfter(History().SetGoal(goal), course)->concepts, ElementsAre(4, 2));
  goal.mutable_career()->set_career_id("none");
  EXPECT_FALSE(WishesAfter(History().SetGoal(goal), course).has_value()) << "a goal about nothing is none";
}

TEST(Wishes, HoldPinsAndWhatIsKnown) {
  History history;
  history.Pin({"trees", "vectors", "baking"}).Declare("matrices", events::v1::PRIOR_KNOWLEDGE_GOOD);
  const auto wishes = WishesAfter(history);
  ASSERT_TRUE(wishes.has_value());
  EXPECT_FALSE(wishes->has_goal());
  EXPECT_THAT(wishes->pins, ElementsAre(Pin{.position = 4}, Pin{.position = 0}));
  EXPECT_THAT(wishes->known, ElementsAre(1));
}

TEST(Wishes, APinBeginsWithItsWeek) {
  const Pin pin{.day = absl::CivilDay(2027, 1, 20)};  // a Wednesday
  EXPECT_EQ(BeginOf(pin, {}), absl::CivilDay(2027, 1, 18)) << "from Monday";
  EXPECT_EQ(BeginOf(pin, {.first_day = absl::CivilDay(2027, 1, 5)}), absl::CivilDay(2027, 1, 19));
  EXPECT_EQ(BeginOf(pin, {.first_day = absl::CivilDay(2027, 1, 20)}), absl::CivilDay(2027, 1, 20));
  EXPECT_EQ(BeginOf(pin, {.first_day = absl::CivilDay(2027, 3, 1)}), absl::CivilDay(2027, 1, 20));
  EXPECT_EQ(BeginOf({}, {}), std::nullopt);
}

}  // namespace
}  // namespace edirae::recommend::wishing
