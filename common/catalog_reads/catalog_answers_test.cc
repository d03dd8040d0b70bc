#include "common/catalog_reads/catalog_answers.h"

#include <gtest/gtest.h>

#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "gateway/testing/sample_revision.h"

namespace edirae::catalog_reads {
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
      EXPECT_THAT(**bytes, Not(HasSubstr(gateway::testing::kSecretMark)));
      EXPECT_EQ(response.catalog_revision(), 7);
    }
    return response;
  }

  static std::string ReasonOf(const absl::StatusOr<rpc::Bytes>& bytes) { return ErrorInfoOf(bytes.status()).reason(); }

  template <class Request>
  absl::StatusOr<rpc::Bytes> About(const std::string& concept_id, int page_size = 0) {
    Request request;
    request.set_concept_id(concept_id);
    if constexpr (requires { request.page_size(); }) request.set_page_size(page_size);
    return answers_.For(request);
  }

  absl::StatusOr<rpc::Bytes> Roadmap(const std::string& id) {
    catalog::v1::GetRoadmapRequest request;
    request.set_roadmap_id(id);
    return answers_.For(request);
  }

  const CatalogRevision revision_ = gateway::testing::SampleRevision();
  const CatalogAnswers answers_{revision_.number, {std::shared_ptr<void>(), &revision_.content}};
};

TEST_F(CatalogAnswersTest, RoadmapIsWholeAndAlwaysTheSameBytes) {
  const auto response = Parsed<catalog::v1::GetRoadmapResponse>(Roadmap("ml"));
  EXPECT_EQ(response.roadmap().SerializeAsString(), revision_.content.roadmaps(0).SerializeAsString());
  EXPECT_EQ(Roadmap("ml")->get(), Roadmap("ml")->get());
}

TEST_F(CatalogAnswersTest, ListOfRoadmapsHasHeadlinesInOrder) {
  const auto response = Parsed<catalog::v1::ListRoadmapsResponse>(answers_.For(catalog::v1::ListRoadmapsRequest()));
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
  const auto response = Parsed<catalog::v1::GetConceptResponse>(About<catalog::v1::GetConceptRequest>("trees"));
  EXPECT_EQ(response.concept_content().title(), "About trees");
}

TEST_F(CatalogAnswersTest, OwnResourcesComeBeforeThoseThatNameTheConceptAndThoseOfItsStage) {
  const auto ids = [&](const std::string& concept_id) {
    const auto response =
        Parsed<catalog::v1::ListResourcesResponse>(About<catalog::v1::ListResourcesRequest>(concept_id, 0));
    std::vector<std::string> found;
    for (const auto& resource : response.resources()) found.push_back(resource.resource_id());
    return found;
  };
  EXPECT_THAT(ids("vectors"), ElementsAre("vectors-own", "vectors-here", "vectors-there", "stage-one"));
  EXPECT_THAT(ids("bayes"), ElementsAre("stage-one"));
  EXPECT_THAT(ids("trees"), ElementsAre("stage-two"));
}

TEST_F(CatalogAnswersTest, LessonIsTheOneOfTheConcept) {
  const auto response = Parsed<catalog::v1::GetLessonResponse>(About<catalog::v1::GetLessonRequest>("vectors"));
  EXPECT_EQ(response.lesson().concept_id(), "vectors");
  EXPECT_EQ(response.lesson().explanation(), "## Worked example");
  EXPECT_EQ(ReasonOf(About<catalog::v1::GetLessonRequest>("trees")), "LESSON_NOT_FOUND");
  EXPECT_EQ(ReasonOf(About<catalog::v1::GetLessonRequest>("law")), "CONCEPT_NOT_FOUND");
}

TEST_F(CatalogAnswersTest, QuestionsComeWithoutKeysForEachOfTheirConcepts) {
  const auto shared = Parsed<catalog::v1::ListQuestionsResponse>(About<catalog::v1::ListQuestionsRequest>("bayes", 0));
  ASSERT_EQ(shared.questions_size(), 1);
  EXPECT_EQ(shared.questions(0).SerializeAsString(),
            revision_.content.questions(gateway::testing::kManyQuestions).question().SerializeAsString());
  const auto many =
      Parsed<catalog::v1::ListQuestionsResponse>(About<catalog::v1::ListQuestionsRequest>("vectors", 1000));
  EXPECT_EQ(many.questions_size(), gateway::testing::kManyQuestions + 1);
  EXPECT_EQ(
      Parsed<catalog::v1::ListQuestionsResponse>(About<catalog::v1::ListQuestionsRequest>("trees", 0)).questions_size(),
      0);
}

TEST_F(CatalogAnswersTest, FlashcardsHaveBothSides) {
  const auto response =
      Parsed<catalog::v1::ListFlashcardsResponse>(About<catalog::v1::ListFlashcardsRequest>("bayes", 0));
  ASSERT_EQ(response.flashcards_size(), 1);
  EXPECT_EQ(response.flashcards(0).back(), "what was believed before");
}

TEST_F(CatalogAnswersTest, TellsUnknownFromMalformedIds) {
  EXPECT_EQ(ReasonOf(Roadmap("law")), "ROADMAP_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Roadmap("")), "MALFORMED_ID");
  EXPECT_EQ(ReasonOf(Roadmap("M L")), "MALFORMED_ID");
  EXPECT_EQ(ReasonOf(About<catalog::v1::GetConceptRequest>("law")), "CONCEPT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(About<catalog::v1::ListQuestionsRequest>("law", 0)), "CONCEPT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(About<catalog::v1::ListFlashcardsRequest>("Law", 0)), "MALFORMED_ID");
  EXPECT_EQ(ReasonOf(About<catalog::v1::ListResourcesRequest>("law", 0)), "CONCEPT_NOT_FOUND");
}

}  // namespace
}  // namespace edirae::catalog_reads
