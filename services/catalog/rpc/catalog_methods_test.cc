#include "services/catalog/rpc/catalog_methods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/limits.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "edirae/catalog/v1/catalog_service.pb.h"
#include "services/catalog/testing/content_tree.h"
#include "services/catalog/testing/publish.h"

namespace edirae::catalog {
namespace {

using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// The methods over content of a small tree, called as any transport calls them.
class CatalogMethodsTest : public ::testing::Test {
 protected:
  CatalogMethodsTest() : methods_("catalog.edirae", metrics_) { AddCatalogMethods(revisions_, methods_); }

  void Publish(v1::RevisionContent content) { testing::Publish(revisions_, std::move(content), absl::Now()); }

  absl::StatusOr<rpc::Bytes> Call(absl::string_view method, const google::protobuf::MessageLite& request) {
    absl::StatusOr<rpc::Bytes> answer;
    rpc::CallContext context;
    context.deadline = absl::Now() + absl::Seconds(10);
    methods_.Dispatch(method, context, request.SerializeAsString(),
                      [&answer](absl::StatusOr<rpc::Bytes> bytes) { answer = std::move(bytes); });
    return answer;
  }

  template <class Response>
  absl::StatusOr<Response> CallFor(absl::string_view method, const google::protobuf::MessageLite& request) {
    const auto bytes = Call(method, request);
    if (!bytes.ok()) return bytes.status();
    Response response;
    EXPECT_TRUE(response.ParseFromString(**bytes));
    return response;
  }

  absl::StatusOr<v1::ListQuestionsResponse> Questions(const std::string& id, int size, const std::string& token = "") {
    v1::ListQuestionsRequest request;
    request.set_concept_id(id);
    request.set_page_size(size);
    request.set_page_token(token);
    return CallFor<v1::ListQuestionsResponse>(kListQuestions, request);
  }

  Metrics metrics_;
  Revisions revisions_;
  rpc::MethodTable methods_;
};

v1::GetRoadmapRequest Roadmap(const std::string& id) {
  v1::GetRoadmapRequest request;
  request.set_roadmap_id(id);
  return request;
}

// Good content whose concept `water` has `count` more questions of `bytes` bytes each.
v1::RevisionContent ContentWithQuestions(int count, size_t bytes) {
  v1::RevisionContent content = testing::GoodContent();
  const v1::KeyedQuestion pattern = content.questions(0);
  for (int i = 0; i < count; ++i) {
    v1::KeyedQuestion& keyed = *content.add_questions();
    keyed = pattern;
    keyed.mutable_question()->set_question_id(absl::StrCat("water.more-", i));
    keyed.mutable_question()->set_prompt(absl::StrCat(i, std::string(bytes, 'x')));
  }
  return content;
}

TEST_F(CatalogMethodsTest, SayUnavailableBeforeTheFirstRevision) {
  EXPECT_THAT(Call(kGetRoadmap, Roadmap("cooking")), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(CatalogMethodsTest, HandOutReadyAnswersWithoutACopy) {
  Publish(testing::GoodContent());
  const auto first = Call(kGetRoadmap, Roadmap("cooking"));
  const auto second = Call(kGetRoadmap, Roadmap("cooking"));
  ASSERT_OK(first);
  EXPECT_EQ(first->get(), second->get());

  v1::ListQuestionsRequest questions;
  questions.set_concept_id("water");
  const auto default_page = Call(kListQuestions, questions);
  questions.set_page_size(rpc::limits::kDefaultPageSize);
  EXPECT_EQ(default_page->get(), Call(kListQuestions, questions)->get());
}

TEST_F(CatalogMethodsTest, KeepAnAnswerGoodAfterTheNextRevision) {
  Publish(testing::GoodContent());
  const rpc::Bytes old = *Call(kGetRoadmap, Roadmap("cooking"));
  Publish(testing::GoodContent());
  v1::GetRoadmapResponse response;
  ASSERT_TRUE(response.ParseFromString(*old));
  EXPECT_EQ(response.catalog_revision(), 1);
  EXPECT_EQ(CallFor<v1::GetRoadmapResponse>(kGetRoadmap, Roadmap("cooking"))->catalog_revision(), 2);
}

TEST_F(CatalogMethodsTest, AnswerWholeRoadmapStageAndConcept) {
  Publish(testing::GoodContent());
  const auto roadmap = CallFor<v1::GetRoadmapResponse>(kGetRoadmap, Roadmap("cooking"));
  EXPECT_EQ(roadmap->roadmap().stages(0).concepts(0).question_count(), 2);
  EXPECT_EQ(roadmap->roadmap().stages(0).concepts(0).flashcard_count(), 1);

  v1::GetStageRequest stage;
  stage.set_roadmap_id("cooking");
  stage.set_stage_id("dishes");
  EXPECT_EQ(CallFor<v1::GetStageResponse>(kGetStage, stage)->stage().title(), "Dishes");

  v1::GetConceptRequest taught;
  taught.set_concept_id("fire");
  EXPECT_THAT(CallFor<v1::GetConceptResponse>(kGetConcept, taught)->concept_content().prerequisite_ids(),
              ElementsAre("water"));

  const auto heads = CallFor<v1::ListRoadmapsResponse>(kListRoadmaps, v1::ListRoadmapsRequest());
  EXPECT_EQ(heads->roadmaps(0).title(), "Cooking");
  EXPECT_EQ(heads->roadmaps(0).stages_size(), 0);
}

TEST_F(CatalogMethodsTest, ListAConceptsOwnResourcesThenThoseThatNameItThenThoseOfItsStage) {
  Publish(testing::GoodContent());
  v1::ListResourcesRequest request;
  request.set_concept_id("fire");
  const auto response = CallFor<v1::ListResourcesResponse>(kListResources, request);
  ASSERT_EQ(response->resources_size(), 3);
  EXPECT_EQ(response->resources(0).resource_id(), "fire-guide");
  EXPECT_EQ(response->resources(1).resource_id(), "fire-course");
  EXPECT_EQ(response->resources(2).resource_id(), "kettle-book");
}

TEST_F(CatalogMethodsTest, TeachWithALesson) {
  Publish(testing::GoodContent());
  v1::GetLessonRequest request;
  request.set_concept_id("fire");
  const auto response = CallFor<v1::GetLessonResponse>(kGetLesson, request);
  EXPECT_EQ(response->lesson().concept_id(), "fire");
  EXPECT_THAT(response->lesson().explanation(), HasSubstr("## Worked example"));
  EXPECT_EQ(response->lesson().misconceptions(0).misconception_id(), "always-hot");
  EXPECT_EQ(response->catalog_revision(), 1);
  request.set_concept_id("steam");
  EXPECT_EQ(ErrorInfoOf(Call(kGetLesson, request).status()).reason(), "CONCEPT_NOT_FOUND");
}

TEST_F(CatalogMethodsTest, ShowItemsShuffled) {
  Publish(testing::GoodContent());
  const auto response = Questions("soup", 50);
  const v1::Question& steps = response->questions(4);
  ASSERT_EQ(steps.question_id(), "soup.steps");
  std::vector<std::string> shown;
  for (const v1::Choice& item : steps.choices()) shown.push_back(item.choice_id());
  EXPECT_THAT(shown, ::testing::UnorderedElementsAre("fill", "heat", "eat"));
  EXPECT_THAT(shown, Not(ElementsAre("fill", "heat", "eat")));
}

TEST_F(CatalogMethodsTest, NameWhatIsUnknownOrMalformed) {
  Publish(testing::GoodContent());
  EXPECT_THAT(Call(kGetRoadmap, Roadmap("baking")), StatusIs(absl::StatusCode::kNotFound, HasSubstr("'baking'")));
  EXPECT_THAT(Call(kGetRoadmap, Roadmap("No slug")), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Call(kGetRoadmap, Roadmap("")), StatusIs(absl::StatusCode::kInvalidArgument));
  v1::GetStageRequest stage;
  stage.set_roadmap_id("cooking");
  stage.set_stage_id("none");
  EXPECT_EQ(ErrorInfoOf(Call(kGetStage, stage).status()).reason(), "STAGE_NOT_FOUND");
  EXPECT_THAT(Questions("ice", 0), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Questions("water", -1), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Questions("water", 1001), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(CatalogMethodsTest, PageThroughEverythingOnce) {
  Publish(ContentWithQuestions(120, 10));
  std::vector<std::string> ids;
  std::string token;
  do {
    const auto page = Questions("water", 7, token);
    ASSERT_OK(page);
    EXPECT_LE(page->questions_size(), 7);
    for (const v1::Question& question : page->questions()) ids.push_back(question.question_id());
    token = page->next_page_token();
  } while (!token.empty());
  EXPECT_EQ(ids.size(), 122u);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 122u);
  EXPECT_EQ(ids[0], "water.first");
}

TEST_F(CatalogMethodsTest, CountTheQuestionsThatTheyList) {
  v1::RevisionContent content = testing::GoodContent();
  content.mutable_questions(0)->mutable_question()->add_concept_ids("fire");  // of water
  Publish(std::move(content));
  const auto roadmap = CallFor<v1::GetRoadmapResponse>(kGetRoadmap, Roadmap("cooking"));
  for (const v1::Concept& taught : roadmap->roadmap().stages(0).concepts()) {
    EXPECT_EQ(taught.question_count(), Questions(taught.concept_id(), 0)->questions_size()) << taught.concept_id();
  }
  EXPECT_EQ(roadmap->roadmap().stages(0).concepts(1).question_count(), 3) << "its own two and the shared one";
}

TEST_F(CatalogMethodsTest, CapPagesByBytes) {
  Publish(ContentWithQuestions(300, 7000));
  size_t seen = 0;
  std::string token;
  do {
    const auto page = Questions("water", 1000, token);
    ASSERT_OK(page);
    EXPECT_LE(page->ByteSizeLong(), rpc::limits::kMaxPageBytes);
    seen += static_cast<size_t>(page->questions_size());
    token = page->next_page_token();
  } while (!token.empty());
  EXPECT_EQ(seen, 302u);
}

TEST_F(CatalogMethodsTest, RefuseTokensOfOtherListsAndMalformedOnes) {
  Publish(testing::GoodContent());
  const std::string token = Questions("water", 1)->next_page_token();
  ASSERT_OK(Questions("water", 1, token));
  EXPECT_THAT(Questions("fire", 1, token), StatusIs(absl::StatusCode::kInvalidArgument));
  v1::ListFlashcardsRequest cards;
  cards.set_concept_id("water");
  cards.set_page_token(token);
  EXPECT_EQ(ErrorInfoOf(Call(kListFlashcards, cards).status()).reason(), "BAD_PAGE_TOKEN");
  std::string changed = token;
  changed[3] = changed[3] == 'A' ? 'B' : 'A';
  for (const std::string& bad : {changed, token + "A", token.substr(1), std::string("x"), std::string(5000, 'A')}) {
    EXPECT_THAT(Questions("water", 1, bad), StatusIs(absl::StatusCode::kInvalidArgument)) << bad;
  }
}

TEST_F(CatalogMethodsTest, KeepTokensGoodOverRevisionsUnlessTheirEntryIsGone) {
  Publish(testing::GoodContent());
  const std::string token = Questions("water", 1)->next_page_token();
  Publish(ContentWithQuestions(1, 10));
  const auto page = Questions("water", 1, token);
  ASSERT_OK(page);
  EXPECT_EQ(page->questions(0).question_id(), "water.second");
  EXPECT_EQ(page->catalog_revision(), 2);

  v1::RevisionContent without = ContentWithQuestions(1, 10);
  without.mutable_questions()->DeleteSubrange(0, 1);
  Publish(std::move(without));
  EXPECT_EQ(ErrorInfoOf(Questions("water", 1, token).status()).reason(), "STALE_PAGE_TOKEN");
}

// Every text of a key in the tree starts with KEY.
TEST_F(CatalogMethodsTest, NeverCarryAnAnswerKey) {
  Publish(testing::GoodContent());
  ASSERT_THAT(revisions_.Current()->revision.content().SerializeAsString(), HasSubstr("KEY"));
  std::vector<std::string> answers = {**Call(kListRoadmaps, v1::ListRoadmapsRequest()),
                                      **Call(kGetRoadmap, Roadmap("cooking"))};
  for (const char* id : {"water", "fire", "soup", "garnish"}) {
    v1::GetConceptRequest taught;
    taught.set_concept_id(id);
    answers.push_back(**Call(kGetConcept, taught));
    for (const int size : {0, 1}) {
      v1::ListQuestionsRequest questions;
      questions.set_concept_id(id);
      questions.set_page_size(size);
      answers.push_back(**Call(kListQuestions, questions));
    }
    v1::GetLessonRequest lesson;
    lesson.set_concept_id(id);
    answers.push_back(**Call(kGetLesson, lesson));
    v1::ListFlashcardsRequest cards;
    cards.set_concept_id(id);
    answers.push_back(**Call(kListFlashcards, cards));
    v1::ListResourcesRequest resources;
    resources.set_concept_id(id);
    answers.push_back(**Call(kListResources, resources));
  }
  for (const std::string& answer : answers) EXPECT_THAT(answer, Not(HasSubstr("KEY")));
  const auto* key = v1::AnswerKey::descriptor();
  EXPECT_EQ(v1::Question::descriptor()->file(), v1::Roadmap::descriptor()->file());
  EXPECT_NE(v1::Question::descriptor()->file(), key->file()) << "keys belong in the file that clients never import";
}

}  // namespace
}  // namespace edirae::catalog
