#include "common/catalog_reads/read_methods.h"

#include <gmock/gmock.h>

#include <future>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/catalog_reads/search_documents.h"
#include "common/catalog_reads/search_method.h"
#include "common/search/searcher.h"
#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/testing/sample_revision.h"
#include "google/protobuf/descriptor.pb.h"

namespace edirae::catalog_reads {
namespace {

using namespace catalog::v1;  // NOLINT(google-build-using-namespace): the messages of one service
using gateway::testing::kSecretMark;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kService[] = "edirae.catalog.v1.CatalogService";

// The methods over the sample revision, number 7, called as any transport calls them.
class ReadMethods : public ::testing::Test {
 protected:
  ReadMethods() {
    const Newest newest = [this] { return newest_; };
    AddReadMethods(kService, newest, methods_);
    methods_.Add(absl::StrCat("/", kService, "/Search"), SearchMethod(newest, searcher_));
    Publish(7);
  }

  void Publish(int64_t number) {
    revision_ = gateway::testing::SampleRevision(number);
    Roadmap& ml = *revision_.content.mutable_roadmaps(0);
    ml.mutable_stages(0)->mutable_concepts(1)->add_prerequisite_ids("vectors");
    ml.mutable_stages(0)->mutable_milestone()->set_milestone_id("first-work");
    newest_ = std::make_shared<const CatalogAnswers>(
        number, std::make_shared<const catalog::v1::RevisionContent>(revision_.content));
  }

  void Index() {
    searcher_.Replace(revision_.number,
                      [content = revision_.content](const search::Visit& visit) { EachDocument(content, visit); });
    ASSERT_TRUE(edirae::testing::Eventually([&] { return Call(Words("vectors")).ok(); }));
  }

  template <class Request>
  absl::StatusOr<rpc::Bytes> Call(const Request& request) {
    const std::string name = Request::descriptor()->name();
    std::promise<absl::StatusOr<rpc::Bytes>> answer;
    rpc::CallContext context;
    context.deadline = absl::Now() + absl::Seconds(30);
    methods_.Dispatch(absl::StrCat("/", kService, "/", name.substr(0, name.size() - 7)), context,
                      request.SerializeAsString(),
                      [&](absl::StatusOr<rpc::Bytes> bytes) { answer.set_value(std::move(bytes)); });
    return answer.get_future().get();
  }

  template <class Response, class Request>
  Response Get(const Request& request) {
    Response response;
    const auto bytes = Call(request);
    EXPECT_OK(bytes);
    if (bytes.ok()) {
      EXPECT_TRUE(response.ParseFromString(**bytes));
      EXPECT_THAT(**bytes, Not(HasSubstr(kSecretMark)));
    }
    return response;
  }

  template <class Request>
  std::string ReasonFor(const Request& request) {
    return ErrorInfoOf(Call(request).status()).reason();
  }

  static SearchRequest Words(const std::string& words) {
    SearchRequest request;
    request.set_query(words);
    return request;
  }

  CatalogRevision revision_;
  absl::StatusOr<std::shared_ptr<const CatalogAnswers>> newest_;
  Metrics metrics_;
  rpc::MethodTable methods_{"catalog.edirae", metrics_};
  search::Searcher searcher_{2};
};

GetRoadmapRequest MlRoadmap() {
  GetRoadmapRequest request;
  request.set_roadmap_id("ml");
  return request;
}

TEST_F(ReadMethods, GetEachThingByItsId) {
  GetQuestionRequest question;
  question.set_question_id("bayes.shared");
  EXPECT_EQ(Get<GetQuestionResponse>(question).question().prompt(), "What is bayes.shared?");
  EXPECT_EQ(Get<GetQuestionResponse>(question).catalog_revision(), 7);
  GetFlashcardRequest card;
  card.set_card_id("bayes.card");
  EXPECT_EQ(Get<GetFlashcardResponse>(card).flashcard().front(), "prior");
  GetResourceRequest resource;
  for (const char* id : {"stage-one", "vectors-here", "vectors-own"}) {
    resource.set_resource_id(id);
    EXPECT_EQ(Get<GetResourceResponse>(resource).resource().resource_id(), id);
  }
  GetMilestoneRequest milestone;
  milestone.set_milestone_id("first-work");
  EXPECT_EQ(Get<GetMilestoneResponse>(milestone).milestone().milestone_id(), "first-work");
  GetStageRequest stage;
  stage.set_roadmap_id("ml");
  stage.set_stage_id("two");
  EXPECT_EQ(Get<GetStageResponse>(stage).stage().concepts(0).concept_id(), "trees");
  GetCareerPathRequest career;
  career.set_roadmap_id("ml");
  career.set_career_id("engineer");
  EXPECT_EQ(Get<GetCareerPathResponse>(career).career_path().career_id(), "engineer");
  career.set_career_id("baker");
  EXPECT_EQ(ReasonFor(career), "CAREER_NOT_FOUND");
}

TEST_F(ReadMethods, ListStagesAndMilestonesOfARoadmap) {
  ListStagesRequest stages;
  stages.set_roadmap_id("ml");
  stages.set_page_size(1);
  const auto first = Get<ListStagesResponse>(stages);
  ASSERT_EQ(first.stages_size(), 1);
  EXPECT_EQ(first.stages(0).SerializeAsString(), revision_.content.roadmaps(0).stages(0).SerializeAsString());
  stages.set_page_token(first.next_page_token());
  stages.mutable_read_mask()->add_paths("stage_id");
  const auto second = Get<ListStagesResponse>(stages);
  ASSERT_EQ(second.stages_size(), 1);
  EXPECT_EQ(second.stages(0).ShortDebugString(), "stage_id: \"two\"");
  EXPECT_EQ(second.next_page_token(), "");
  ListMilestonesRequest milestones;
  milestones.set_roadmap_id("ml");
  const auto listed = Get<ListMilestonesResponse>(milestones);
  ASSERT_EQ(listed.milestones_size(), 1) << "the second stage has none";
  EXPECT_EQ(listed.milestones(0).milestone_id(), "first-work");
}

TEST_F(ReadMethods, TellUnknownFromMalformedIds) {
  GetQuestionRequest question;
  for (const char* bad : {"", "bayes", "bayes.", ".shared", "bayes.shared.twice", "Bayes.shared"}) {
    question.set_question_id(bad);
    EXPECT_EQ(ReasonFor(question), "MALFORMED_ID") << bad;
  }
  question.set_question_id("bayes.none");
  EXPECT_EQ(ReasonFor(question), "QUESTION_NOT_FOUND");
  GetResourceRequest resource;
  resource.set_resource_id("none");
  EXPECT_EQ(ReasonFor(resource), "RESOURCE_NOT_FOUND");
  GetMilestoneRequest milestone;
  milestone.set_milestone_id("none");
  EXPECT_EQ(ReasonFor(milestone), "MILESTONE_NOT_FOUND");
  GetStageRequest stage;
  stage.set_roadmap_id("art");
  stage.set_stage_id("two");
  EXPECT_EQ(ReasonFor(stage), "STAGE_NOT_FOUND") << "it is another roadmap's";
}

TEST_F(ReadMethods, ListConceptsOfARoadmapOrOfOneOfItsStages) {
  const auto ids = [&](const std::string& stage_id) {
    ListConceptsRequest request;
    request.set_roadmap_id("ml");
    request.set_stage_id(stage_id);
    std::vector<std::string> found;
    do {
      request.set_page_size(1);
      const auto page = Get<ListConceptsResponse>(request);
      for (const Concept& it : page.concepts()) found.push_back(it.concept_id());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return found;
  };
  EXPECT_THAT(ids(""), ElementsAre("vectors", "bayes", "trees"));
  EXPECT_THAT(ids("one"), ElementsAre("vectors", "bayes"));
  ListCareerPathsRequest careers;
  careers.set_roadmap_id("ml");
  EXPECT_EQ(Get<ListCareerPathsResponse>(careers).career_paths(0).career_id(), "engineer");
}

TEST_F(ReadMethods, SendTheGraphAsReadyBytes) {
  GetPrerequisiteGraphRequest request;
  request.set_roadmap_id("ml");
  const auto response = Get<GetPrerequisiteGraphResponse>(request);
  EXPECT_EQ(response.graph().nodes_size(), 3);
  EXPECT_EQ(response.graph().edges(0).from_concept_id(), "vectors");
  EXPECT_EQ(response.graph().nodes(1).layer(), 1);
  EXPECT_EQ(Call(request)->get(), Call(request)->get());
}

TEST_F(ReadMethods, SayNotModifiedToWhoeverHoldsThisRevision) {
  GetRoadmapRequest get = MlRoadmap();
  get.set_if_revision_changed(7);
  const auto unchanged = Get<GetRoadmapResponse>(get);
  EXPECT_TRUE(unchanged.not_modified());
  EXPECT_FALSE(unchanged.has_roadmap());
  EXPECT_EQ(unchanged.catalog_revision(), 7);
  for (const int64_t other : {0, 6, 8}) {
    get.set_if_revision_changed(other);
    EXPECT_FALSE(Get<GetRoadmapResponse>(get).not_modified());
    EXPECT_TRUE(Get<GetRoadmapResponse>(get).has_roadmap());
  }
  ListQuestionsRequest list;
  list.set_concept_id("vectors");
  list.set_if_revision_changed(7);
  EXPECT_TRUE(Get<ListQuestionsResponse>(list).not_modified());
  EXPECT_EQ(Get<ListQuestionsResponse>(list).questions_size(), 0);
  EXPECT_EQ(Get<ListQuestionsResponse>(list).catalog_revision(), 7);
  Publish(8);
  EXPECT_FALSE(Get<ListQuestionsResponse>(list).not_modified());
  EXPECT_GT(Get<ListQuestionsResponse>(list).questions_size(), 0);
}

TEST_F(ReadMethods, SayWhatIsWrongEvenToWhoeverHoldsThisRevision) {
  GetRoadmapRequest get = MlRoadmap();
  get.set_if_revision_changed(-1);
  EXPECT_EQ(ReasonFor(get), "IF_REVISION_CHANGED_INVALID");
  get.set_if_revision_changed(7);
  get.set_roadmap_id("law");
  EXPECT_EQ(ReasonFor(get), "ROADMAP_NOT_FOUND");
}

TEST_F(ReadMethods, CutAnswersDownToAMask) {
  GetRoadmapRequest get = MlRoadmap();
  get.mutable_read_mask()->add_paths("stages.concepts.concept_id");
  const auto roadmap = Get<GetRoadmapResponse>(get);
  EXPECT_EQ(roadmap.roadmap().title(), "");
  EXPECT_EQ(roadmap.roadmap().stages(1).concepts(0).ShortDebugString(), "concept_id: \"trees\"");
  EXPECT_EQ(roadmap.catalog_revision(), 7);
  EXPECT_EQ(Call(get)->get(), Call(get)->get());

  ListQuestionsRequest list;
  list.set_concept_id("vectors");
  list.set_page_size(3);
  list.mutable_read_mask()->add_paths("question_id");
  const auto page = Get<ListQuestionsResponse>(list);
  ASSERT_EQ(page.questions_size(), 3);
  EXPECT_EQ(page.questions(2).ShortDebugString(), "question_id: \"vectors.q2\"");
  list.set_page_token(page.next_page_token());
  EXPECT_EQ(Get<ListQuestionsResponse>(list).questions(0).question_id(), "vectors.q3") << "another page, same mask";

  get.mutable_read_mask()->add_paths("stages.consepts");
  EXPECT_EQ(ReasonFor(get), "READ_MASK_INVALID");
}

TEST_F(ReadMethods, NeverServeAMaskedAnswerOfAnotherRevision) {
  GetRoadmapRequest get = MlRoadmap();
  get.mutable_read_mask()->add_paths("title");
  EXPECT_EQ(Get<GetRoadmapResponse>(get).catalog_revision(), 7);
  Publish(8);
  EXPECT_EQ(Get<GetRoadmapResponse>(get).catalog_revision(), 8);
}

TEST_F(ReadMethods, SearchFindsWhatLearnersMaySeeAndNoKeys) {
  EXPECT_EQ(ReasonFor(Words("vectors")), "SEARCH_NOT_READY");
  Index();
  const auto found = Get<SearchResponse>(Words("About vectors"));
  EXPECT_EQ(found.hits(0).kind(), SEARCH_KIND_CONCEPT);
  EXPECT_EQ(found.hits(0).id(), "vectors");
  EXPECT_EQ(found.hits(0).roadmap_id(), "ml");
  EXPECT_EQ(found.catalog_revision(), 7);

  SearchRequest questions = Words("shared");
  questions.add_kinds(SEARCH_KIND_QUESTION);
  const auto question = Get<SearchResponse>(questions).hits(0);
  EXPECT_EQ(question.id(), "bayes.shared");
  EXPECT_EQ(question.concept_id(), "bayes");
  EXPECT_EQ(question.title(), "About bayes");
  std::string snippet;
  for (const SnippetPiece& piece : question.snippet())
    absl::StrAppend(&snippet, piece.matches() ? "|" : "", piece.text());
  EXPECT_EQ(snippet, "What is bayes.|shared?");

  ASSERT_THAT(revision_.content.SerializeAsString(), HasSubstr(kSecretMark));
  EXPECT_EQ(Get<SearchResponse>(Words("secret")).hits_size(), 0) << "no key, hint or feedback is indexed";
  EXPECT_EQ(Get<SearchResponse>(Words("believed")).hits_size(), 0) << "nor what a card shall recall";
}

TEST_F(ReadMethods, SearchPagesAndNarrows) {
  Index();
  SearchRequest request = Words("what");
  request.set_page_size(7);
  request.set_roadmap_id("ml");
  int seen = 0;
  do {
    const auto page = Get<SearchResponse>(request);
    seen += page.hits_size();
    ASSERT_LE(page.hits_size(), 7);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, gateway::testing::kManyQuestions + 1);
  request.set_roadmap_id("art");
  EXPECT_EQ(Get<SearchResponse>(request).hits_size(), 0);
}

TEST_F(ReadMethods, SearchRefusesWhatItCannotMean) {
  Index();
  SearchRequest request = Words("what");
  request.set_page_size(7);
  const std::string token = Get<SearchResponse>(request).next_page_token();
  ASSERT_NE(token, "");
  SearchRequest other = Words("vectors");
  other.set_page_token(token);
  EXPECT_EQ(ReasonFor(other), "BAD_PAGE_TOKEN");
  for (const std::string& bad : {"0" + token, token.substr(1), std::string("x"), token.substr(0, 16) + "ffff"}) {
    request.set_page_token(bad);
    EXPECT_EQ(ReasonFor(request), "BAD_PAGE_TOKEN") << bad;
  }
  request.clear_page_token();
  request.set_page_size(51);
  EXPECT_EQ(ReasonFor(request), "BAD_PAGE_SIZE");
  request.set_page_size(0);
  request.add_kinds(static_cast<SearchKind>(99));
  EXPECT_EQ(ReasonFor(request), "SEARCH_KIND_UNKNOWN");
  request.clear_kinds();
  request.set_roadmap_id("law");
  EXPECT_EQ(ReasonFor(request), "ROADMAP_NOT_FOUND");
  EXPECT_EQ(ReasonFor(Words("")), "QUERY_WITHOUT_WORDS");
  EXPECT_EQ(ReasonFor(Words(std::string(1000, 'a'))), "QUERY_TOO_LONG");
  EXPECT_EQ(ReasonFor(Words(std::string(1 << 20, 'a'))), "REQUEST_TOO_LARGE");
}

TEST_F(ReadMethods, FailAsTheSourceOfAnswersDoes) {
  newest_ = absl::UnavailableError("later");
  EXPECT_EQ(Call(MlRoadmap()).status(), absl::UnavailableError("later"));
  EXPECT_EQ(Call(Words("vectors")).status(), absl::UnavailableError("later"));
}

// Both services are answered with the same bytes.
TEST(ReadContracts, AreFieldForFieldTheSameForLearnersAndForTools) {
  const auto* tools = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(kService);
  ASSERT_NE(tools, nullptr);
  ASSERT_NE(learn::v1::GetHomeRequest::descriptor(), nullptr);
  for (int i = 0; i < tools->method_count(); ++i) {
    for (const auto* ours : {tools->method(i)->input_type(), tools->method(i)->output_type()}) {
      const auto* learners = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
          absl::StrCat("edirae.learn.v1.", ours->name()));
      ASSERT_NE(learners, nullptr) << ours->name();
      google::protobuf::DescriptorProto a, b;
      ours->CopyTo(&a);
      learners->CopyTo(&b);
      EXPECT_EQ(a.DebugString(), b.DebugString());
    }
  }
}

TEST(ReadContracts, HaveTheirCommonFieldsInCommonPlaces) {
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(kService);
  for (int i = 0; i < service->method_count(); ++i) {
    const auto* response = service->method(i)->output_type();
    if (service->method(i)->name() == "Search") continue;
    const bool list = service->method(i)->name().rfind("List", 0) == 0;
    EXPECT_EQ(response->FindFieldByNumber(kItemField)->is_repeated(), list) << response->name();
    EXPECT_EQ(response->FindFieldByName("catalog_revision")->number(), list ? kListRevisionField : kGetRevisionField);
    EXPECT_EQ(response->FindFieldByName("not_modified")->number(), kNotModifiedField);
    const auto* token = response->FindFieldByName("next_page_token");
    EXPECT_EQ(token == nullptr ? 0 : token->number(), list ? kListTokenField : 0);
    const auto* request = service->method(i)->input_type();
    for (const char* field : {"if_revision_changed", "read_mask"}) {
      EXPECT_NE(request->FindFieldByName(field), nullptr) << request->name() << "." << field;
    }
    for (const char* field : {"page_size", "page_token"}) {
      EXPECT_EQ(request->FindFieldByName(field) != nullptr, list) << request->name() << "." << field;
    }
  }
}

}  // namespace
}  // namespace edirae::catalog_reads
