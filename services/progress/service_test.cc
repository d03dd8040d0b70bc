#include "services/progress/service.h"

#include <filesystem>
#include <future>

#include "common/rpc/health.h"
#include "common/status/error.h"
#include "services/progress/rpc/history_methods.h"
#include "services/progress/rpc/methods.h"
#include "services/progress/testing/service_fixture.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using ::testing::SizeIs;

TEST_F(ProgressServiceTest, RecordsGradesAndShowsProgress) {
  const auto response =
      Record("ada", {Answer("r1", "vectors.q1"), Answer("r2", "vectors.q2", false), Answer("r3", "none")});
  ASSERT_OK(response);
  ASSERT_THAT(response->results(), SizeIs(3));
  EXPECT_TRUE(response->results(0).outcome().graded_answer().correct());
  EXPECT_EQ(response->results(1).outcome().graded_answer().feedback(0).text(), "a common mistake");
  EXPECT_EQ(response->results(2).error().code(), static_cast<int>(absl::StatusCode::kNotFound));
  EXPECT_EQ(ErrorInfoOf(FromProto(response->results(2).error())).reason(), "QUESTION_NOT_FOUND");
  const auto progress = GetProgress("ada");
  ASSERT_OK(progress);
  EXPECT_EQ(progress->progress().as_of_seq(), 2);
  EXPECT_EQ(progress->progress().concepts(0).correct_count(), 1);
}

TEST_F(ProgressServiceTest, AnEventKeepsTheTraceOfItsCall) {
  constexpr char kTrace[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  grpc::ClientContext context;
  rpc::AddBearer(context, kToken);
  context.AddMetadata("traceparent", kTrace);
  v1::RecordEventsResponse response;
  ASSERT_TRUE(stub_->RecordEvents(&context, RequestOf("ada", {Answer("r1", "vectors.q1")}), &response).ok());
  ASSERT_OK(Record("ada", {Answer("r2", "vectors.q2")}));
  const auto events = List("ada", 10);
  ASSERT_OK(events);
  EXPECT_EQ(events->events(0).traceparent(), kTrace);
  EXPECT_EQ(events->events(1).traceparent(), "") << "its caller sent none";
}

TEST_F(ProgressServiceTest, IsReadyWhileTheLedgerIsThere) {
  const auto says = [&](const char* name) {
    return rpc::SaysServing(progress_->server().InProcessChannel(), name, absl::Seconds(5));
  };
  ASSERT_TRUE(Eventually([&] { return says(rpc::kReadiness); }));
  const std::string ledger = folder_.File("ledger.db");
  std::filesystem::rename(ledger, ledger + ".away");
  EXPECT_THAT(Record("ada", {Answer("r1", "vectors.q1")}), StatusIs(absl::StatusCode::kUnavailable))
      << "what is committed now would be lost";
  EXPECT_TRUE(Eventually([&] { return !says(rpc::kReadiness); }));
  EXPECT_TRUE(says(rpc::kLiveness));
  EXPECT_NE(metrics_->Text().find("edirae_progress_store_up 0\n"), std::string::npos);
  std::filesystem::rename(ledger + ".away", ledger);
  EXPECT_TRUE(Eventually([&] { return says(rpc::kReadiness); }));
  EXPECT_OK(Record("ada", {Answer("r1", "vectors.q1")}));
}

TEST_F(ProgressServiceTest, ChecksTheRequest) {
  EXPECT_THAT(Record("no spaces", {Answer("r1", "vectors.q1")}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Record("ada", {}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Record("ada", std::vector<v1::LearnerAction>(257, Answer("r1", "vectors.q1"))),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(GetProgress("ada", "none"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(GetProgress("ada", "No Slug"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(List("ada", 1001), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(List("ada", 10, "made-up"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(List("ada", 10, "", -1), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ProgressServiceTest, RefusesStrangers) {
  const auto stranger = Call(&v1::ProgressService::Stub::RecordEvents, RequestOf("ada", {Answer("r1", "vectors.q1")}),
                             "another token that is as long as the first");
  EXPECT_THAT(stranger, StatusIs(absl::StatusCode::kUnauthenticated));
}

TEST_F(ProgressServiceTest, ALearnerMayNameOnlyThemselves) {
  const std::string own = RequestOf("ada", {Answer("r1", "vectors.q1")}).SerializeAsString();
  EXPECT_OK(CallAs("ada", kRecordEvents, own));
  EXPECT_THAT(CallAs("bob", kRecordEvents, own), StatusIs(absl::StatusCode::kPermissionDenied));
  v1::GetRoadmapProgressRequest read;
  read.set_learner_id("ada");
  read.set_roadmap_id("path");
  EXPECT_OK(CallAs("ada", kGetRoadmapProgress, read.SerializeAsString()));
  EXPECT_THAT(CallAs("bob", kGetRoadmapProgress, read.SerializeAsString()),
              StatusIs(absl::StatusCode::kPermissionDenied));
  v1::ListLearnerEventsRequest list;
  list.set_learner_id("ada");
  EXPECT_THAT(CallAs("bob", kListLearnerEvents, list.SerializeAsString()),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(CallAs("ada", kRecordEvents, "\xff\xff"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ProgressServiceTest, ShowsAGateWarmOrCold) {
  ASSERT_OK(Record("ada", {Answer("r1", "vectors.q1")}));
  v1::GetGateRequest request;
  request.set_learner_id("ada");
  request.set_roadmap_id("path");
  const auto gate = Call(&v1::ProgressService::Stub::GetGate, request);
  ASSERT_OK(gate);
  EXPECT_EQ(gate->gate().stage_id(), "first");
  EXPECT_EQ(gate->gate().concepts(0).clauses(0).missing(), "1 more right answer on another question");
  ASSERT_NO_FATAL_FAILURE(Start());
  ASSERT_OK_AND_ASSIGN(const auto cold, Call(&v1::ProgressService::Stub::GetGate, request));
  EXPECT_EQ(cold.SerializeAsString(), gate->SerializeAsString());
  request.set_stage_id("third");
  const auto none = Call(&v1::ProgressService::Stub::GetGate, request);
  EXPECT_EQ(ErrorInfoOf(none.status()).reason(), "STAGE_NOT_FOUND");
  request.set_roadmap_id("none");
  EXPECT_EQ(ErrorInfoOf(Call(&v1::ProgressService::Stub::GetGate, request).status()).reason(), "ROADMAP_NOT_FOUND");
  request.set_roadmap_id("No Slug");
  EXPECT_THAT(Call(&v1::ProgressService::Stub::GetGate, request), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(CallAs("bob", kGetGate, request.SerializeAsString()), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(ProgressServiceTest, AHintIsTheSameAgainAfterARestart) {
  const auto first = Record("ada", {Hint("h1", "vectors.q1")});
  ASSERT_OK(first);
  EXPECT_EQ(first->results(0).outcome().shown_hint().text(), "think");
  ASSERT_NO_FATAL_FAILURE(Start());
  ASSERT_OK_AND_ASSIGN(const auto again, Record("ada", {Hint("h1", "vectors.q1"), Hint("h2", "vectors.q1")}));
  EXPECT_EQ(again.results(0).SerializeAsString(), first->results(0).SerializeAsString());
  EXPECT_EQ(again.results(1).outcome().shown_hint().hint_number(), 2);
  ASSERT_OK_AND_ASSIGN(const auto answered, Record("ada", {Answer("r1", "vectors.q1")}));
  EXPECT_EQ(answered.results(0).outcome().graded_answer().hints_used(), 2);
  EXPECT_EQ(List("bob", 10)->as_of_seq(), 0);
}

TEST_F(ProgressServiceTest, OnlyServicesRecordReviews) {
  EXPECT_OK(Record("ada", {ReviewWork("w1", "first-work")}));
  const std::string own = RequestOf("ada", {ReviewWork("w2", "first-work")}).SerializeAsString();
  const auto refused = CallAs("ada", kRecordEvents, own);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ErrorInfoOf(refused.status()).reason(), "SERVICES_ONLY");
}

TEST_F(ProgressServiceTest, ListsAHistoryInPages) {
  for (int i = 0; i < 25; ++i) ASSERT_OK(Record("ada", {Review(absl::StrCat("r", i), "vectors.card")}));
  std::string token;
  int64_t seq = 0;
  int pages = 0;
  do {
    const auto page = List("ada", 10, token);
    ASSERT_OK(page);
    EXPECT_EQ(page->as_of_seq(), 25);
    for (const auto& event : page->events()) EXPECT_EQ(event.learner_seq(), ++seq);
    token = page->next_page_token();
    ++pages;
    if (token.empty()) break;
    EXPECT_THAT(List("bob", 10, token), StatusIs(absl::StatusCode::kInvalidArgument)) << "a token is good for its list";
  } while (true);
  EXPECT_EQ(seq, 25);
  EXPECT_EQ(pages, 3);
  EXPECT_THAT(List("ada", 0, "", 20)->events(), SizeIs(5));
  EXPECT_THAT(List("nobody", 0)->events(), SizeIs(0));
  EXPECT_EQ(ErrorInfoOf(List("ada", 1001).status()).reason(), "BAD_PAGE_SIZE");
  EXPECT_EQ(ErrorInfoOf(List("ada", 10, "x").status()).reason(), "BAD_PAGE_TOKEN");
}

TEST_F(ProgressServiceTest, EverythingIsThereAfterARestart) {
  const auto first = Record("ada", {Answer("r1", "vectors.q1")});
  ASSERT_OK(first);
  ASSERT_NO_FATAL_FAILURE(Start());
  const auto again = Record("ada", {Answer("r1", "vectors.q1")});
  ASSERT_OK(again);
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(GetProgress("ada")->progress().as_of_seq(), 1);
}

TEST_F(ProgressServiceTest, AStreamOfBatchesIsRecordedInOrder) {
  std::vector<v1::RecordEventsRequest> batches;
  for (int i = 0; i < 200; ++i) {
    const std::string request = absl::StrCat("r", i);
    batches.push_back(
        RequestOf(absl::StrCat("learner", i % 3), {Review(request, "vectors.card"), Open(request + "x", "none")}));
  }
  const auto response = Stream(batches);
  ASSERT_OK(response);
  EXPECT_EQ(response->batch_count(), 200);
  EXPECT_EQ(response->recorded_count(), 200);
  EXPECT_EQ(response->refused_count(), 200);
  EXPECT_EQ(response->refusals_size(), 100);
  EXPECT_EQ(ErrorInfoOf(FromProto(response->refusals(0))).metadata().at("request_id").back(), 'x');
  const auto history = List("learner0", 1000);
  for (int i = 0; i < history->events_size(); ++i) EXPECT_EQ(history->events(i).request_id(), absl::StrCat("r", i * 3));
  EXPECT_EQ(Stream(batches)->recorded_count(), 200) << "sending it again is safe";
  EXPECT_EQ(List("learner0", 1)->as_of_seq(), history->as_of_seq());
}

TEST_F(ProgressServiceTest, AStreamStopsWithTheFirstBatchThatFailsAsAWhole) {
  const auto good = RequestOf("ada", {Review("r1", "vectors.card")});
  EXPECT_THAT(Stream({good, RequestOf("ada", {})}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(List("ada", 1)->as_of_seq(), 1);

  // A client that neither sends more nor closes hears of it all the same.
  grpc::ClientContext context;
  rpc::AddBearer(context, kToken);
  v1::RecordEventsStreamResponse response;
  const auto writer = stub_->RecordEventsStream(&context, &response);
  writer->Write(v1::RecordEventsStreamRequest());
  EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(ProgressServiceTest, ACallerThatGoesAwayLeavesNothingBehind) {
  for (int i = 0; i < 50; ++i) {
    grpc::ClientContext context;
    rpc::AddBearer(context, kToken);
    v1::RecordEventsStreamResponse response;
    const auto writer = stub_->RecordEventsStream(&context, &response);
    v1::RecordEventsStreamRequest request;
    *request.mutable_batch() = RequestOf("ada", {Review(absl::StrCat("r", i), "vectors.card")});
    writer->Write(request);
    context.TryCancel();
    EXPECT_FALSE(writer->Finish().ok());
  }
  EXPECT_OK(Record("ada", {Review("last", "vectors.card")}));
}

TEST(ProgressService, RefusesToStartWithoutASecret) {
  Metrics metrics;
  const SystemClock clock;
  EXPECT_THAT(ProgressService::Start({}, metrics, clock, nullptr), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace edirae::progress
