#include "gateway/catalog/catalog_answers.h"

#include <gtest/gtest.h>

#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/testing/sample_revision.h"

namespace edirae::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class CatalogAnswersTest : public ::testing::Test {
 protected:
  template <class Response>
  Response Parsed(const absl::StatusOr<rpc::Bytes>& bytes) {
    Response response;
    EXPECT_OK(bytes);
    if (bytes.ok()) {
      EXPECT_TRUE(response.ParseFromString(**bytes));
      EXPECT_THAT(**bytes, Not(HasSubstr(testing::kSecretMark)));
      EXPECT_EQ(response.catalog_revision(), 7);
    }
    return response;
  }

  static std::string ReasonOf(const absl::StatusOr<rpc::Bytes>& bytes) { return ErrorInfoOf(bytes.status()).reason(); }

  const CatalogRevision revision_ = testing::SampleRevision();
  const CatalogAnswers answers_{revision_};
};

TEST_F(CatalogAnswersTest, RoadmapIsWholeAndAlwaysTheSameBytes) {
  const auto response = Parsed<learn::v1::GetRoadmapResponse>(answers_.GetRoadmap("ml"));
  EXPECT_EQ(response.roadmap().SerializeAsString(), revision_.content.roadmaps(0).SerializeAsString());
  EXPECT_EQ(answers_.GetRoadmap("ml")->get(), answers_.GetRoadmap("ml")->get());
}

TEST_F(CatalogAnswersTest, ListOfRoadmapsHasHeadlinesInOrder) {
  const auto response = Parsed<learn::v1::ListRoadmapsResponse>(answers_.ListRoadmaps(0, ""));
  ASSERT_EQ(response.roadmaps_size(), 2);
  EXPECT_EQ(response.roadmaps(0).roadmap_id(), "art");
  EXPECT_EQ(response.roadmaps(1).roadmap_id(), "ml");
  EXPECT_EQ(response.roadmaps(1).title(), "Machine learning");
  EXPECT_EQ(response.roadmaps(1).stages_size(), 0);
  EXPECT_EQ(response.roadmaps(1).tips_size(), 0);
  EXPECT_EQ(response.roadmaps(1).faq_size(), 0);
  EXPECT_EQ(response.roadmaps(1).career_paths_size(), 0);
}

TEST_F(CatalogAnswersTest, ConceptIsFoundInAnyStage) {
  const auto response = Parsed<learn::v1::GetConceptResponse>(answers_.GetConcept("trees"));
  EXPECT_EQ(response.concept_content().title(), "About trees");
}

TEST_F(CatalogAnswersTest, OwnResourcesComeBeforeThoseThatNameTheConceptAndThoseOfItsStage) {
  const auto ids = [&](absl::string_view concept_id) {
    const auto response = Parsed<learn::v1::ListResourcesResponse>(answers_.ListResources(concept_id, 0, ""));
    std::vector<std::string> found;
    for (const auto& resource : response.resources()) found.push_back(resource.resource_id());
    return found;
  };
  EXPECT_THAT(ids("vectors"), ElementsAre("vectors-own", "vectors-here", "vectors-there", "stage-one"));
  EXPECT_THAT(ids("bayes"), ElementsAre("stage-one"));
  EXPECT_THAT(ids("trees"), ElementsAre("stage-two"));
}

TEST_F(CatalogAnswersTest, LessonIsTheOneOfTheConcept) {
  const auto response = Parsed<learn::v1::GetLessonResponse>(answers_.GetLesson("vectors"));
  EXPECT_EQ(response.lesson().concept_id(), "vectors");
  EXPECT_EQ(response.lesson().explanation(), "## Worked example");
  EXPECT_EQ(ReasonOf(answers_.GetLesson("trees")), "LESSON_NOT_FOUND");
  EXPECT_EQ(ReasonOf(answers_.GetLesson("law")), "CONCEPT_NOT_FOUND");
}

TEST_F(CatalogAnswersTest, QuestionsComeWithoutKeysForEachOfTheirConcepts) {
  const auto shared = Parsed<learn::v1::ListQuestionsResponse>(answers_.ListQuestions("bayes", 0, ""));
  ASSERT_EQ(shared.questions_size(), 1);
  EXPECT_EQ(shared.questions(0).SerializeAsString(),
            revision_.content.questions(testing::kManyQuestions).question().SerializeAsString());
  const auto many = Parsed<learn::v1::ListQuestionsResponse>(answers_.ListQuestions("vectors", 1000, ""));
  EXPECT_EQ(many.questions_size(), testing::kManyQuestions + 1);
  EXPECT_EQ(Parsed<learn::v1::ListQuestionsResponse>(answers_.ListQuestions("trees", 0, "")).questions_size(), 0);
}

TEST_F(CatalogAnswersTest, FlashcardsHaveBothSides) {
  const auto response = Parsed<learn::v1::ListFlashcardsResponse>(answers_.ListFlashcards("bayes", 0, ""));
  ASSERT_EQ(response.flashcards_size(), 1);
  EXPECT_EQ(response.flashcards(0).back(), "what was believed before");
}

TEST_F(CatalogAnswersTest, TellsUnknownFromMalformedIds) {
  EXPECT_EQ(ReasonOf(answers_.GetRoadmap("law")), "ROADMAP_NOT_FOUND");
  EXPECT_EQ(ReasonOf(answers_.GetRoadmap("")), "MALFORMED_ID");
  EXPECT_EQ(ReasonOf(answers_.GetRoadmap("M L")), "MALFORMED_ID");
  EXPECT_EQ(ReasonOf(answers_.GetConcept("law")), "CONCEPT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(answers_.ListQuestions("law", 0, "")), "CONCEPT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(answers_.ListFlashcards("Law", 0, "")), "MALFORMED_ID");
  EXPECT_EQ(ReasonOf(answers_.ListResources("law", 0, "")), "CONCEPT_NOT_FOUND");
}

TEST(NewestCatalog, HasNothingBeforeTheFirstRevisionAndThenTheNewest) {
  NewestCatalog newest;
  EXPECT_EQ(ErrorInfoOf(newest.Get().status()).reason(), "CATALOG_NOT_LOADED");
  newest.Set(std::make_shared<const CatalogAnswers>(testing::SampleRevision(1)));
  const auto held = newest.Get();
  newest.Set(std::make_shared<const CatalogAnswers>(testing::SampleRevision(2)));
  EXPECT_EQ((*held)->revision(), 1);
  EXPECT_EQ((*newest.Get())->revision(), 2);
}

}  // namespace
}  // namespace edirae::gateway
