#include "services/recommend/domain/curriculum.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::SampleContent;

std::vector<std::string> IdsOf(const std::vector<TaughtQuestion>& items) {
  std::vector<std::string> ids;
  for (const TaughtQuestion& item : items) ids.push_back(item.id);
  return ids;
}

TEST(Curriculum, LaysConceptsOutInCurriculumOrder) {
  const CourseIndex& course = testing::SampleCourse();
  ASSERT_EQ(course.concepts.size(), 5u);
  EXPECT_EQ(course.concepts[3].id, "regression");
  EXPECT_EQ(course.concepts[3].stage, 1);
  EXPECT_THAT(course.concepts[3].prerequisites, ElementsAre(0, 1));
  EXPECT_EQ(course.stages[1].first_concept, 3);
  EXPECT_EQ(course.stages[1].end_concept, 5);
  EXPECT_EQ(course.concepts[4].criterion.min_distinct_correct(), 3);
}

TEST(Curriculum, OffersAConceptsOwnQuestionsBeforeSharedOnes) {
  auto content = SampleContent();
  auto& shared = *content.mutable_questions(0)->mutable_question();  // vectors.q1
  shared.add_concept_ids("trees");
  const auto curriculum = Curriculum::Build(1, content);
  ASSERT_TRUE(curriculum.ok());
  EXPECT_THAT(IdsOf((*curriculum)->Find("maths")->concepts[4].questions),
              ElementsAre("trees.q1", "trees.q2", "trees.q3", "vectors.q1"));
}

TEST(Curriculum, APrerequisiteOfALaterStageHoldsNothingBack) {
  auto content = SampleContent();
  auto& vectors = *content.mutable_roadmaps(0)->mutable_stages(0)->mutable_concepts(0);
  vectors.add_prerequisite_ids("trees");
  vectors.add_prerequisite_ids("of-another-roadmap");
  const auto curriculum = Curriculum::Build(1, content);
  ASSERT_TRUE(curriculum.ok());
  EXPECT_THAT((*curriculum)->Find("maths")->concepts[0].prerequisites, IsEmpty());
}

TEST(Curriculum, AConceptsOwnCriterionWins) {
  auto content = SampleContent();
  content.mutable_roadmaps(0)
      ->mutable_stages(0)
      ->mutable_concepts(0)
      ->mutable_mastery_criterion()
      ->set_min_distinct_correct(7);
  const auto curriculum = Curriculum::Build(1, content);
  ASSERT_TRUE(curriculum.ok());
  EXPECT_EQ((*curriculum)->Find("maths")->concepts[0].criterion.min_distinct_correct(), 7);
  EXPECT_EQ((*curriculum)->Find("maths")->concepts[1].criterion.min_distinct_correct(), 3);
}

TEST(Curriculum, KnowsWhatIsHelpfulAndWhatCareersNeed) {
  auto content = SampleContent();
  auto& roadmap = *content.mutable_roadmaps(0);
  roadmap.mutable_stages(0)->mutable_concepts(1)->add_helpful_ids("history");
  auto& career = *roadmap.add_career_paths();
  career.set_career_id("analyst");
  career.add_concept_ids("vectors");
  career.add_concept_ids("trees");
  const auto curriculum = Curriculum::Build(1, content);
  ASSERT_TRUE(curriculum.ok());
  const CourseIndex& course = *(*curriculum)->Find("maths");
  EXPECT_THAT(course.concepts[1].helpful, ElementsAre(2));
  ASSERT_EQ(course.careers.size(), 1u);
  EXPECT_THAT(course.careers[0].concepts, ElementsAre(0, 4));
  EXPECT_EQ(course.owners.at(KeyOf("trees.q2")), 4);
}

TEST(Curriculum, KnowsOnlyItsRoadmaps) { EXPECT_EQ(testing::SampleCurriculum()->Find("cooking"), nullptr); }

}  // namespace
}  // namespace edirae::recommend
