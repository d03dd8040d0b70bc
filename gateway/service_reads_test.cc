#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gateway/limits.h"
#include "gateway/testing/gateway_test.h"

// Reading the catalog and the home.
namespace edirae::gateway {
namespace {

using ::edirae::testing::Eventually;
using ::edirae::testing::StatusIs;
using testing::FakeProgress;
using testing::FakeRecommend;
using ::testing::HasSubstr;
using testing::kSecretMark;
using ::testing::Not;

class GatewayReads : public testing::GatewayTest {
 protected:
  static learn::v1::GetHomeRequest Home(const std::string& roadmap_id) {
    learn::v1::GetHomeRequest request;
    request.set_roadmap_id(roadmap_id);
    return request;
  }

  static constexpr char kDegraded[] = "edirae_gateway_degraded_homes_total";
};

TEST_F(GatewayReads, CatalogAnswersWithoutKeys) {
  const auto clean = [](const auto& answer) {
    EXPECT_THAT(answer.value().SerializeAsString(), Not(HasSubstr(kSecretMark)));
    return answer.value();
  };
  EXPECT_EQ(clean(Call(&Stub::ListRoadmaps, learn::v1::ListRoadmapsRequest())).roadmaps_size(), 2);
  learn::v1::GetRoadmapRequest roadmap;
  roadmap.set_roadmap_id("ml");
  EXPECT_EQ(clean(Call(&Stub::GetRoadmap, roadmap)).roadmap().stages_size(), 2);
  learn::v1::GetConceptRequest vectors;
  vectors.set_concept_id("vectors");
  EXPECT_EQ(clean(Call(&Stub::GetConcept, vectors)).concept_content().concept_id(), "vectors");
  learn::v1::ListResourcesRequest resources;
  resources.set_concept_id("vectors");
  EXPECT_EQ(clean(Call(&Stub::ListResources, resources)).resources_size(), 4);
  learn::v1::GetLessonRequest lesson;
  lesson.set_concept_id("vectors");
  EXPECT_EQ(clean(Call(&Stub::GetLesson, lesson)).lesson().concept_id(), "vectors");
  learn::v1::ListFlashcardsRequest cards;
  cards.set_concept_id("bayes");
  EXPECT_EQ(clean(Call(&Stub::ListFlashcards, cards)).flashcards_size(), 1);

  learn::v1::ListQuestionsRequest questions;
  questions.set_concept_id("vectors");
  int seen = 0;
  do {
    const auto page = clean(Call(&Stub::ListQuestions, questions));
    EXPECT_EQ(page.catalog_revision(), 7);
    seen += page.questions_size();
    questions.set_page_token(page.next_page_token());
  } while (!questions.page_token().empty());
  EXPECT_EQ(seen, testing::kManyQuestions + 1);
}

TEST_F(GatewayReads, UnknownIdsAreNotFound) {
  learn::v1::GetRoadmapRequest roadmap;
  roadmap.set_roadmap_id("law");
  const auto answer = Call(&Stub::GetRoadmap, roadmap);
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(ReasonOf(answer), "ROADMAP_NOT_FOUND");
  EXPECT_EQ(ErrorInfoOf(answer.status()).metadata().at("roadmap_id"), "law");
}

TEST_F(GatewayReads, HomeIsWhatBothServicesSay) {
  progress_.StandAt(41);
  recommend_.Push(40);
  const auto answer = Call(&Stub::GetHome, Home("ml"));
  ASSERT_OK(answer);
  learn::v1::GetHomeResponse expected;
  *expected.mutable_home()->mutable_progress() = FakeProgress::Standing("ada", "ml", 41);
  *expected.mutable_home()->mutable_next_steps() = FakeRecommend::Steps("ada", "ml", 40);
  EXPECT_EQ(answer->SerializeAsString(), expected.SerializeAsString());
  EXPECT_EQ(CounterValue(kDegraded), 0);
}

TEST_F(GatewayReads, HomeGoesOutWithoutNextStepsWhenRecommendFails) {
  recommend_.FailLookups(absl::UnavailableError("away"));
  const auto answer = Call(&Stub::GetHome, Home("ml"));
  ASSERT_OK(answer);
  EXPECT_TRUE(answer->home().has_progress());
  EXPECT_FALSE(answer->home().has_next_steps());
  EXPECT_EQ(CounterValue(kDegraded), 1);
}

TEST_F(GatewayReads, AnExplanationIsRecommendsOfTheCaller) {
  learn::v1::ExplainRequest request;
  request.set_roadmap_id("ml");
  request.set_concept_id("vectors");
  const auto answer = Call(&Stub::Explain, request);
  ASSERT_OK(answer);
  EXPECT_EQ(answer->explanation().learner_id(), "ada");
  EXPECT_EQ(answer->explanation().concept_id(), "vectors");
  request.set_learner_id("bob");
  EXPECT_EQ(ReasonOf(Call(&Stub::Explain, request)), "OTHER_SUBJECT");
  request.clear_learner_id();
  request.clear_concept_id();
  EXPECT_THAT(Call(&Stub::Explain, request), StatusIs(absl::StatusCode::kNotFound)) << "its own error";
  request.clear_roadmap_id();
  EXPECT_EQ(ReasonOf(Call(&Stub::Explain, request)), "MALFORMED_ID");
}

// Requests and answers go through byte by byte.
TEST(AdviceContracts, AreFieldForFieldTheSameForLearnersAndForServices) {
  const auto fields = [](const google::protobuf::Descriptor& message) {
    std::vector<std::string> described;
    for (int i = 0; i < message.field_count(); ++i) {
      const auto& field = *message.field(i);
      described.push_back(absl::StrCat(field.number(), " ", field.name(), " ", field.cpp_type_name(), " ",
                                       field.message_type() == nullptr ? "" : field.message_type()->full_name()));
    }
    return described;
  };
  EXPECT_EQ(fields(*learn::v1::ExplainRequest::descriptor()), fields(*recommend::v1::ExplainRequest::descriptor()));
  EXPECT_EQ(fields(*learn::v1::ExplainResponse::descriptor()), fields(*recommend::v1::ExplainResponse::descriptor()));
  EXPECT_EQ(fields(*learn::v1::WhatIfRequest::descriptor()), fields(*recommend::v1::WhatIfRequest::descriptor()));
  EXPECT_EQ(fields(*learn::v1::WhatIfResponse::descriptor()), fields(*recommend::v1::WhatIfResponse::descriptor()));
  EXPECT_EQ(fields(*learn::v1::PlanSessionRequest::descriptor()),
            fields(*recommend::v1::PlanSessionRequest::descriptor()));
  EXPECT_EQ(fields(*learn::v1::PlanSessionResponse::descriptor()),
            fields(*recommend::v1::PlanSessionResponse::descriptor()));
  EXPECT_EQ(fields(*learn::v1::PlanTrackRequest::descriptor()), fields(*recommend::v1::PlanTrackRequest::descriptor()));
  EXPECT_EQ(fields(*learn::v1::PlanTrackResponse::descriptor()),
            fields(*recommend::v1::PlanTrackResponse::descriptor()));
}

TEST_F(GatewayReads, HomeDoesNotWaitForARecommendThatIsSilent) {
  recommend_.FallSilent();
  const absl::Time start = absl::Now();
  const auto answer = Call(&Stub::GetHome, Home("ml"));
  ASSERT_OK(answer);
  EXPECT_FALSE(answer->home().has_next_steps());
  EXPECT_LT(absl::Now() - start, 4 * limits::kNextStepsPatience);
  EXPECT_EQ(CounterValue(kDegraded), 1);
}

TEST_F(GatewayReads, HomeGoesOutWhenRecommendIsDead) {
  recommend_.backend().Kill();
  const auto answer = Call(&Stub::GetHome, Home("ml"));
  ASSERT_OK(answer);
  EXPECT_FALSE(answer->home().has_next_steps());
}

TEST_F(GatewayReads, HomeFailsAsProgressDoes) {
  progress_.FailLookups(
      MakeError(absl::StatusCode::kNotFound, "ROADMAP_NOT_FOUND", "no such roadmap", {{"roadmap_id", "law"}}));
  const auto answer = Call(&Stub::GetHome, Home("law"));
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kNotFound, "no such roadmap"));
  EXPECT_EQ(ReasonOf(answer), "ROADMAP_NOT_FOUND");
  EXPECT_EQ(ErrorInfoOf(answer.status()).domain(), "progress.edirae");
  EXPECT_EQ(ErrorInfoOf(answer.status()).metadata().at("roadmap_id"), "law");
}

TEST_F(GatewayReads, HomeIsUnavailableWhenProgressIsDead) {
  progress_.backend().Kill();
  EXPECT_THAT(Call(&Stub::GetHome, Home("ml")), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(GatewayReads, HomeNeedsAWellFormedRoadmap) {
  EXPECT_EQ(ReasonOf(Call(&Stub::GetHome, Home(""))), "MALFORMED_ID");
  EXPECT_EQ(ReasonOf(Call(&Stub::GetHome, Home("M L"))), "MALFORMED_ID");
}

TEST_F(GatewayReads, FollowsTheReadinessOfProgress) {
  const int port = std::stoi(progress_.backend().server().address().substr(10));
  progress_.backend().Kill();
  EXPECT_TRUE(Eventually([this] { return !IsReady(); }));
  progress_.backend().Start({}, true, port);
  EXPECT_TRUE(Eventually([this] { return IsReady(); }));
}

TEST_F(GatewayReads, StaysReadyWithoutRecommend) {
  recommend_.backend().Kill();
  EXPECT_TRUE(Eventually([this] { return CounterValue("edirae_gateway_dependency_up{name=\"recommend\"}") == 0; }));
  EXPECT_TRUE(IsReady());
}

class GatewayWithoutCatalog : public testing::GatewayTest {
 protected:
  void SetUp() override {
    progress_.backend().Start({});
    recommend_.Start();
    // A server that knows no revisions.
    LaunchGateway({}, progress_.backend().server().InProcessChannel());
  }
};

TEST_F(GatewayWithoutCatalog, IsNotReadyAndSaysWhy) {
  const auto answer = Call(&Stub::ListRoadmaps, learn::v1::ListRoadmapsRequest());
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(ReasonOf(answer), "CATALOG_NOT_LOADED");
  EXPECT_TRUE(Eventually([this] { return CounterValue("edirae_gateway_dependency_up{name=\"progress\"}") == 1; }));
  EXPECT_TRUE(Eventually([this] { return CounterValue("edirae_gateway_dependency_up{name=\"recommend\"}") == 1; }));
  EXPECT_EQ(CounterValue("edirae_gateway_dependency_up{name=\"catalog\"}"), 0);
  EXPECT_FALSE(IsReady());
}

class GatewayStartedWithoutRecommend : public testing::GatewayTest {
 protected:
  void SetUp() override {
    progress_.backend().Start({});
    recommend_.Start();
    recommend_.backend().server().SetReady(false);
    LaunchGateway({}, catalog_.server().InProcessChannel());
  }
};

TEST_F(GatewayStartedWithoutRecommend, WaitsAWhileAndServesAllTheSame) {
  EXPECT_TRUE(Eventually([this] { return CounterValue("edirae_gateway_dependency_up{name=\"progress\"}") == 1; }));
  EXPECT_TRUE(Eventually([this] { return CounterValue("edirae_gateway_dependency_up{name=\"catalog\"}") == 1; }));
  EXPECT_FALSE(IsReady());
  EXPECT_TRUE(Eventually([this] { return IsReady(); }, 2 * limits::kStartPatience));
  EXPECT_EQ(CounterValue("edirae_gateway_dependency_up{name=\"recommend\"}"), 0);
}

}  // namespace
}  // namespace edirae::gateway
