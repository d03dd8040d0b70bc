#include "services/recommend/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "common/rpc/unary.h"
#include "common/testing/eventually.h"
#include "common/testing/seed.h"
#include "services/recommend/adapters/sqlite_checkpoint_store.h"
#include "services/recommend/limits.h"
#include "services/recommend/rpc/resume_token.h"
#include "services/recommend/testing/service_fixture.h"

namespace edirae::recommend {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using testing::History;
using testing::RandomHistory;

class RecommendServiceTest : public testing::ServiceFixture {
 protected:
  using Stub = v1::RecommendService::Stub;

  // Calls as `learner_id`, or as the service itself.
  template <class Request, class Response>
  absl::StatusOr<Response> Ask(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                               const Request& request, const std::string& learner_id = "") {
    Response response;
    const auto context = ContextFor(learner_id);
    const grpc::Status status = ((*stub_).*method)(context.get(), request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  // Bytes, because equal messages have equal ones here: no maps.
  void ExpectSteps(const History& history) {
    const std::string& learner_id = history.events().at(0).learner_id();
    ASSERT_TRUE(Reaches(learner_id, static_cast<int64_t>(history.events().size())));
    ASSERT_OK_AND_ASSIGN(const v1::NextSteps steps, Suggest(learner_id));
    EXPECT_EQ(steps.SerializeAsString(), Expected(history).SerializeAsString())
        << steps.DebugString() << Expected(history).DebugString();
  }

  static std::vector<events::v1::LearnerEvent> Disordered(const History& history) {
    static std::mt19937_64 random(edirae::testing::Seed());
    std::vector<events::v1::LearnerEvent> events;
    for (const auto& event : history.events()) {
      for (uint64_t copies = 1 + random() % 3; copies > 0; --copies) events.push_back(event);
    }
    std::shuffle(events.begin(), events.end(), random);
    return events;
  }
};

TEST_F(RecommendServiceTest, AStrangerGetsTheStartOfTheRoadmap) {
  ASSERT_OK_AND_ASSIGN(const auto steps, Suggest("nobody-yet"));
  EXPECT_EQ(steps.as_of_seq(), 0);
  EXPECT_EQ(steps.catalog_revision(), 1);
  ASSERT_EQ(steps.suggestions_size(), 2);
  EXPECT_EQ(steps.suggestions(0).concept_id(), "vectors");
}

TEST_F(RecommendServiceTest, DisorderAndRepetitionsOnTheBusReachWatchersAsTheInOrderFold) {
  const History ada = RandomHistory("ada", 60, edirae::testing::Seed());
  const History bob = RandomHistory("bob", 60, edirae::testing::Seed() + 1);
  const auto watch = Watch("ada");
  ASSERT_TRUE(Eventually([&] { return watch->as_of_seq() == 0; }));
  Publish(Disordered(ada));
  Publish(Disordered(bob));
  ASSERT_TRUE(Eventually([&] { return watch->as_of_seq() == 60; }));
  EXPECT_EQ(watch->responses().back().next_steps().SerializeAsString(), Expected(ada).SerializeAsString());
  ExpectSteps(ada);
  ExpectSteps(bob);
}

TEST_F(RecommendServiceTest, ARestartContinuesWhereItStopped) {
  const History ada = RandomHistory("ada", 40, edirae::testing::Seed());
  const auto middle = ada.events().begin() + 20;
  Publish({ada.events().begin(), middle});
  ASSERT_TRUE(Reaches("ada", 20));
  StopService();
  Publish({middle, ada.events().end()});
  StartService();
  ExpectSteps(ada);
  EXPECT_EQ(Metric("edirae_recommend_events_applied_total"), 20);
  EXPECT_EQ(Metric("edirae_recommend_events_duplicate_total"), 0);
}

TEST_F(RecommendServiceTest, AnswersWhileTheBusIsDownAndGoesOnWhenItIsBack) {
  const History ada = RandomHistory("ada", 30, edirae::testing::Seed());
  Publish({ada.events().begin(), ada.events().begin() + 10});
  ASSERT_TRUE(Reaches("ada", 10));
  server().Kill();
  ASSERT_TRUE(Eventually([&] { return Metric("edirae_recommend_nats_connected") == 0; }));
  EXPECT_OK(Suggest("ada"));
  ASSERT_OK(server().Restart());
  ASSERT_OK(connection_->WaitConnected(absl::Seconds(10)));
  Publish({ada.events().begin() + 10, ada.events().end()});
  ExpectSteps(ada);
}

TEST_F(RecommendServiceTest, StartsWithoutABus) {
  StopService();
  server().Kill();
  StartService();
  EXPECT_OK(Suggest("ada"));
  ASSERT_OK(server().Restart());
  ASSERT_OK(connection_->WaitConnected(absl::Seconds(10)));
  const History ada = RandomHistory("ada", 5, 1);
  Publish(ada.events());
  ExpectSteps(ada);
}

TEST_F(RecommendServiceTest, ADeletedStreamThatIsPublishedAgainChangesNothing) {
  const History ada = RandomHistory("ada", 30, edirae::testing::Seed());
  Publish({ada.events().begin(), ada.events().begin() + 20});
  ASSERT_TRUE(Reaches("ada", 20));
  DeleteStream();
  CreateStream();
  Publish(ada.events());  // the numbers of the stream start anew
  ExpectSteps(ada);
  EXPECT_EQ(Metric("edirae_recommend_events_applied_total"), 30);
}

TEST_F(RecommendServiceTest, ADroppedDataFolderIsRebuiltFromTheStream) {
  const History ada = RandomHistory("ada", 50, edirae::testing::Seed());
  Publish(Disordered(ada));
  ExpectSteps(ada);
  StopService();
  DropData();
  StartService();
  ExpectSteps(ada);
}

TEST_F(RecommendServiceTest, ADroppedDataFolderIsRebuiltFromTheLedgerWhenTheStreamIsEmptyToo) {
  const History ada = RandomHistory("ada", 50, edirae::testing::Seed());
  Publish(ada.events());
  ExpectSteps(ada);
  StopService();
  DropData();
  DeleteStream();
  CreateStream();
  progress_.SetHistory(ada.events());
  StartService();
  ExpectSteps(ada);
}

TEST_F(RecommendServiceTest, StatesOfOtherWeightsAreFoldedAnewFromTheStream) {
  const History ada = RandomHistory("ada", 50, edirae::testing::Seed());
  Publish(ada.events());
  ExpectSteps(ada);
  StopService();
  ASSERT_OK(SqliteCheckpointStore::Open(Settings().data, "another fold").status());
  StartService();
  ExpectSteps(ada);
  EXPECT_EQ(Metric("edirae_recommend_events_applied_total"), 50);
}

TEST_F(RecommendServiceTest, ExplainsWhatItThinksOfALearnerAndAConcept) {
  History ada("ada", clock_.Now());
  Publish(ada.Answer("vectors", 1, true).Answer("vectors", 2, false).events());
  ASSERT_TRUE(Reaches("ada", 2));
  v1::ExplainRequest request;
  request.set_learner_id("ada");
  request.set_roadmap_id("maths");
  request.set_concept_id("vectors");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(&Stub::Explain, request));
  EXPECT_EQ(response.explanation().as_of_seq(), 2);
  EXPECT_EQ(response.explanation().catalog_revision(), 1);
  EXPECT_EQ(response.explanation().factors_size(), 6);
  EXPECT_EQ(response.explanation().evidence_event_ids(1), ada.events()[1].event_id());
  request.set_concept_id("cooking");
  EXPECT_THAT(Ask(&Stub::Explain, request), StatusIs(absl::StatusCode::kNotFound));
  request.set_concept_id("No Such Id");
  EXPECT_THAT(Ask(&Stub::Explain, request), StatusIs(absl::StatusCode::kInvalidArgument));
  request.set_concept_id("vectors");
  EXPECT_THAT(Ask(&Stub::Explain, request, "bob"), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(RecommendServiceTest, SaysWhatAnswersWouldChangeAndRecordsNothing) {
  v1::WhatIfRequest request;
  request.set_learner_id("ada");
  request.set_roadmap_id("maths");
  EXPECT_THAT(Ask(&Stub::WhatIf, request), StatusIs(absl::StatusCode::kInvalidArgument)) << "no answers";
  for (const char* id : {"vectors.q1", "vectors.q2"}) {
    auto& answer = *request.add_answers();
    answer.set_question_id(id);
    answer.set_correct(true);
  }
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(&Stub::WhatIf, request));
  ASSERT_EQ(response.changes_size(), 1);
  EXPECT_GT(response.changes(0).strength_after(), response.changes(0).strength_before());
  EXPECT_EQ(response.next_steps().suggestions(0).kind(), v1::STEP_KIND_PRACTISE);
  EXPECT_EQ(response.next_steps().as_of_seq(), 0);
  ASSERT_OK_AND_ASSIGN(const auto steps, Suggest("ada"));
  EXPECT_EQ(steps.suggestions(0).kind(), v1::STEP_KIND_LEARN) << "nothing was recorded";

  request.mutable_answers(0)->set_after_hours(limits::kMaxHypotheticalHours + 1);
  EXPECT_THAT(Ask(&Stub::WhatIf, request), StatusIs(absl::StatusCode::kInvalidArgument));
  request.mutable_answers(0)->set_after_hours(0);
  request.mutable_answers(0)->set_question_id("cooking.q1");
  EXPECT_THAT(Ask(&Stub::WhatIf, request), StatusIs(absl::StatusCode::kNotFound));
  while (request.answers_size() <= limits::kMaxHypotheticalAnswers) *request.add_answers() = request.answers(1);
  EXPECT_THAT(Ask(&Stub::WhatIf, request), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(RecommendServiceTest, PlansASessionAndATrack) {
  v1::PlanSessionRequest session;
  session.set_learner_id("ada");
  session.set_roadmap_id("maths");
  ASSERT_OK_AND_ASSIGN(const auto planned, Ask(&Stub::PlanSession, session));
  EXPECT_EQ(planned.session().minutes(), limits::kDefaultSessionMinutes);
  EXPECT_EQ(planned.session().new_concept_count(), 1);
  session.set_minutes(limits::kMaxSessionMinutes + 1);
  EXPECT_THAT(Ask(&Stub::PlanSession, session), StatusIs(absl::StatusCode::kInvalidArgument));

  v1::PlanTrackRequest track;
  track.set_learner_id("ada");
  track.set_roadmap_id("maths");
  EXPECT_THAT(Ask(&Stub::PlanTrack, track), StatusIs(absl::StatusCode::kInvalidArgument)) << "no hours";
  track.mutable_goal()->set_hours_per_week(5);
  ASSERT_OK_AND_ASSIGN(const auto whole, Ask(&Stub::PlanTrack, track));
  EXPECT_EQ(whole.track().concept_count(), 4) << "the required ones";
  EXPECT_TRUE(whole.track().feasible());
  EXPECT_EQ(whole.track().weeks(0).start_date(), absl::FormatTime("%Y-%m-%d", clock_.Now(), absl::UTCTimeZone()));
  track.mutable_goal()->mutable_concepts()->add_concept_ids("history");
  ASSERT_OK_AND_ASSIGN(const auto single, Ask(&Stub::PlanTrack, track));
  EXPECT_EQ(single.track().concept_count(), 1);
  track.mutable_goal()->set_target_date("31.1.2027");
  EXPECT_THAT(Ask(&Stub::PlanTrack, track), StatusIs(absl::StatusCode::kInvalidArgument));
  track.mutable_goal()->set_target_date("2001-01-31");
  EXPECT_THAT(Ask(&Stub::PlanTrack, track), StatusIs(absl::StatusCode::kInvalidArgument)) << "before the start";
  track.mutable_goal()->set_start_date("2026-12-31");
  track.mutable_goal()->set_target_date("2037-01-01");
  ASSERT_OK(Ask(&Stub::PlanTrack, track))
      << "ten years after the day on which a goal was set that began the day before";
  track.mutable_goal()->set_target_date("2037-01-02");
  EXPECT_THAT(Ask(&Stub::PlanTrack, track), StatusIs(absl::StatusCode::kInvalidArgument)) << "too far";
  track.mutable_goal()->clear_target_date();
  track.mutable_goal()->set_start_date("9999-12-31");
  EXPECT_THAT(Ask(&Stub::PlanTrack, track), StatusIs(absl::StatusCode::kInvalidArgument)) << "would end in year 10000";
  track.mutable_goal()->clear_start_date();
  track.mutable_goal()->set_career_id("cook");
  EXPECT_THAT(Ask(&Stub::PlanTrack, track), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(RecommendServiceTest, AnEventThatTheBusLostForGoodComesFromTheLedger) {
  const History ada = RandomHistory("ada", 30, edirae::testing::Seed());
  progress_.SetHistory(ada.events());
  ASSERT_TRUE(Reaches("ada", 30)) << "a learner without a checkpoint is caught up with";
  History bob = RandomHistory("bob", 30, edirae::testing::Seed() + 1);
  auto with_gap = bob.events();
  with_gap.erase(with_gap.begin() + 10);
  Publish(with_gap);
  ASSERT_TRUE(Reaches("bob", 10));
  progress_.SetHistory(bob.events());
  // The gap may be noticed only after the clock has moved: it moves on until the ledger was asked.
  ASSERT_TRUE(Eventually([&] {
    clock_.Advance(limits::kGapRetry);
    const auto steps = Suggest("bob");
    return steps.ok() && steps->as_of_seq() == 30;
  }));
  ExpectSteps(bob);
}

TEST_F(RecommendServiceTest, APoisonedEventDoesNotStopTheOthers) {
  PublishRaw("\xff\xff\xff");
  PublishRaw("");
  const History ada = RandomHistory("ada", 5, 1);
  Publish(ada.events());
  ExpectSteps(ada);
  EXPECT_EQ(Metric("edirae_recommend_events_poisoned_total"), 2);
}

TEST_F(RecommendServiceTest, NoLearnerReadsAnother) {
  EXPECT_OK(Suggest("ada", /*as=*/"ada"));
  EXPECT_THAT(Suggest("ada", /*as=*/"bob"), StatusIs(absl::StatusCode::kPermissionDenied));
  const auto foreign = Watch("ada", /*as=*/"bob");
  ASSERT_TRUE(Eventually([&] { return foreign->ended(); }));
  EXPECT_EQ(foreign->status().error_code(), grpc::StatusCode::PERMISSION_DENIED);
  grpc::ClientContext nobody;
  v1::SuggestResponse response;
  EXPECT_EQ(stub_->Suggest(&nobody, v1::SuggestRequest(), &response).error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(RecommendServiceTest, RefusesWhatItCannotServe) {
  EXPECT_THAT(Suggest("no such id!"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Suggest("ada", "", 11), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Suggest("ada", "", -1), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Suggest("ada", "", 0, "cooking"), StatusIs(absl::StatusCode::kNotFound));
  const auto watch = Watch("ada", "", "no-token");
  ASSERT_TRUE(Eventually([&] { return watch->ended(); }));
  EXPECT_EQ(watch->status().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(RecommendServiceTest, TwoOnOneFolderRefuse) {
  Metrics metrics;
  EXPECT_THAT(RecommendService::Start(Settings(), metrics, clock_, catalog_.Channel(), progress_.Channel()),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(RecommendServiceTest, AResumedWatchStaysSilentUntilSomethingIsNewer) {
  const History ada = RandomHistory("ada", 2, 1);
  Publish({ada.events()[0]});
  ASSERT_TRUE(Reaches("ada", 1));
  std::string token;
  {
    const auto first = Watch("ada");
    ASSERT_TRUE(Eventually([&] { return first->as_of_seq() == 1; }));
    token = first->resume_token();
  }
  ASSERT_TRUE(Eventually([&] { return Metric("edirae_recommend_watchers") == 0; }));
  const auto resumed = Watch("ada", "", token);
  ASSERT_TRUE(Eventually([&] { return Metric("edirae_recommend_watchers") == 1; }));
  clock_.Advance(limits::kHeartbeat);
  ASSERT_TRUE(Eventually([&] { return resumed->heartbeats() == 1; }));
  EXPECT_EQ(resumed->as_of_seq(), -1);
  Publish({ada.events()[1]});
  ASSERT_TRUE(Eventually([&] { return resumed->as_of_seq() == 2; }));
}

TEST_F(RecommendServiceTest, AWatchThatHasSeenMoreOfAnotherHistoryIsToldOfThisOne) {
  const History ada = RandomHistory("ada", 1, 1);
  Publish(ada.events());
  ASSERT_TRUE(Reaches("ada", 1));
  const auto resumed = Watch("ada", "", ResumeToken{.as_of_seq = 8, .catalog_revision = 1}.ToString());
  EXPECT_TRUE(Eventually([&] { return resumed->as_of_seq() == 1; }));
}

TEST_F(RecommendServiceTest, ANewRevisionReachesWatchers) {
  const auto watch = Watch("ada");
  ASSERT_TRUE(Eventually([&] { return watch->as_of_seq() == 0; }));
  auto content = testing::SampleContent();
  content.mutable_roadmaps(0)->mutable_stages(0)->mutable_concepts(0)->set_title("Arrows");
  catalog_.Publish(2, content);
  ASSERT_TRUE(Eventually([&] { return watch->responses().back().next_steps().catalog_revision() == 2; }));
  EXPECT_EQ(watch->responses().back().next_steps().suggestions(0).explanation(),
            "Arrows is next in “The Basics”; it needs no other concept first.");
}

TEST_F(RecommendServiceTest, AReviewThatFallsDueReachesWatchersWithoutAnEvent) {
  History ada("ada", clock_.Now() - absl::Hours(48) + absl::Minutes(10));
  Publish(ada.Learn("vectors").events());
  const auto watch = Watch("ada");
  ASSERT_TRUE(Eventually([&] { return watch->as_of_seq() == 4; }));
  EXPECT_EQ(watch->responses().back().next_steps().suggestions(0).kind(), v1::STEP_KIND_LEARN);
  clock_.Advance(absl::Minutes(10));
  EXPECT_TRUE(Eventually([&] {
    const auto steps = watch->responses().back().next_steps();
    return steps.suggestions_size() > 0 && steps.suggestions(0).kind() == v1::STEP_KIND_REVIEW;
  }));
}

TEST_F(RecommendServiceTest, AWatchEndsAfterItsTimeAndWhenTheServiceStops) {
  const auto old = Watch("ada");
  ASSERT_TRUE(Eventually([&] { return old->as_of_seq() == 0; }));
  clock_.Advance(limits::kMaxWatch);
  ASSERT_TRUE(Eventually([&] { return old->ended(); }));
  EXPECT_EQ(old->status().error_code(), grpc::StatusCode::UNAVAILABLE);
  const auto last = Watch("ada");
  ASSERT_TRUE(Eventually([&] { return last->as_of_seq() == 0; }));
  service_->Stop();
  ASSERT_TRUE(Eventually([&] { return last->ended(); }));
  EXPECT_EQ(last->status().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(RecommendServiceTest, OneLearnerCannotTakeAllWatches) {
  std::vector<std::unique_ptr<testing::WatchRecorder>> watches;
  for (size_t i = 0; i < limits::kMaxWatchersPerLearner; ++i) {
    watches.push_back(Watch("ada"));
    ASSERT_TRUE(Eventually([&] { return watches.back()->as_of_seq() == 0; }));
  }
  const auto refused = Watch("ada");
  ASSERT_TRUE(Eventually([&] { return refused->ended(); }));
  EXPECT_EQ(refused->status().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  const auto other = Watch("bob");
  EXPECT_TRUE(Eventually([&] { return other->as_of_seq() == 0; }));
  watches.pop_back();
  EXPECT_TRUE(Eventually([&] { return Metric("edirae_recommend_watchers") == limits::kMaxWatchersPerLearner; }));
  const auto again = Watch("ada");
  EXPECT_TRUE(Eventually([&] { return again->as_of_seq() == 0; }));
}

// How soon is measured by `make bench`, freshness_p99_ms.
TEST_F(RecommendServiceTest, AWatcherSeesEachEventAsItComes) {
  const History ada = RandomHistory("ada", 50, 1);
  const auto watch = Watch("ada");
  ASSERT_TRUE(Eventually([&] { return watch->as_of_seq() == 0; }));
  for (const auto& event : ada.events()) {
    Publish({event});
    ASSERT_TRUE(Eventually([&] { return watch->as_of_seq() == event.learner_seq(); })) << event.learner_seq();
  }
}

}  // namespace
}  // namespace edirae::recommend
