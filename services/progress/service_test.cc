// Progress as its callers see it: real gRPC inside the process, a real ledger on disk, a catalog that the test plays,
// no NATS.
#include "services/progress/service.h"

#include <future>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/rpc/mux_client.h"
#include "common/rpc/unary.h"
#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/free_port.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "edirae/catalog/v1/revision_service.grpc.pb.h"
#include "edirae/progress/v1/history_service.pb.h"
#include "services/progress/rpc/history_methods.h"
#include "services/progress/rpc/methods.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using ::testing::SizeIs;

const std::string kToken = "a token of the services, 32 bytes or more";

// Sends one revision, then says nothing until the caller goes away.
class TestCatalog final : public catalog::v1::RevisionService::CallbackService {
 public:
  class Watch final : public grpc::ServerWriteReactor<catalog::v1::WatchRevisionsResponse> {
   public:
    Watch() {
      parts_.resize(3);
      parts_[0].mutable_begin()->set_revision(1);
      *parts_[1].mutable_content() = TestContent();
      parts_[2].mutable_end()->set_revision(1);
      parts_[2].mutable_end()->set_digest(edirae::DigestOf(TestContent()));
      StartWrite(&parts_[0]);
    }
    void OnWriteDone(bool ok) override {
      if (ok && ++next_ < parts_.size()) StartWrite(&parts_[next_]);
    }
    void OnCancel() override { Finish(grpc::Status::CANCELLED); }
    void OnDone() override { delete this; }

   private:
    std::vector<catalog::v1::WatchRevisionsResponse> parts_;
    size_t next_ = 0;
  };

  grpc::ServerWriteReactor<catalog::v1::WatchRevisionsResponse>* WatchRevisions(
      grpc::CallbackServerContext*, const catalog::v1::WatchRevisionsRequest*) override {
    return new Watch;
  }
};

class ProgressServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(catalog_server_, rpc::Server::Start({.drain_delay = absl::ZeroDuration()}, {&catalog_}));
    ASSERT_NO_FATAL_FAILURE(Start());
  }
  void TearDown() override {
    mux_.reset();
    if (progress_ != nullptr) progress_->Stop();
    catalog_server_->Drain();
  }

  void Start() {
    mux_.reset();
    progress_.reset();
    metrics_ = std::make_unique<Metrics>();
    ProgressSettings settings;
    settings.server.drain_delay = absl::ZeroDuration();
    settings.data = folder_.path();
    settings.nats_url = absl::StrCat("nats://127.0.0.1:", edirae::testing::FreePort());
    settings.service_token = kToken;
    ASSERT_OK_AND_ASSIGN(progress_,
                         ProgressService::Start(settings, *metrics_, clock_, catalog_server_->InProcessChannel()));
    stub_ = v1::ProgressService::NewStub(progress_->server().InProcessChannel());
    mux_ = std::make_unique<rpc::MuxClient>(progress_->server().InProcessChannel(), kToken);
    ASSERT_TRUE(Eventually([&] { return GetProgress("ada").ok(); })) << "the catalog's revision arrives";
  }

  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (v1::ProgressService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                                  Response*),
                                const Request& request, const std::string& token = kToken) {
    grpc::ClientContext context;
    rpc::AddBearer(context, token);
    Response response;
    const grpc::Status status = (stub_.get()->*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  static v1::RecordEventsRequest RequestOf(const std::string& learner, const std::vector<v1::LearnerAction>& actions) {
    v1::RecordEventsRequest request;
    request.set_learner_id(learner);
    for (const auto& action : actions) *request.add_actions() = action;
    return request;
  }
  absl::StatusOr<v1::RecordEventsResponse> Record(const std::string& learner,
                                                  const std::vector<v1::LearnerAction>& actions) {
    return Call(&v1::ProgressService::Stub::RecordEvents, RequestOf(learner, actions));
  }
  absl::StatusOr<v1::GetRoadmapProgressResponse> GetProgress(const std::string& learner,
                                                             const std::string& roadmap = "path") {
    v1::GetRoadmapProgressRequest request;
    request.set_learner_id(learner);
    request.set_roadmap_id(roadmap);
    return Call(&v1::ProgressService::Stub::GetRoadmapProgress, request);
  }
  absl::StatusOr<v1::ListLearnerEventsResponse> List(const std::string& learner, int page_size,
                                                     const std::string& token = "", int64_t after_seq = 0) {
    v1::ListLearnerEventsRequest request;
    request.set_learner_id(learner);
    request.set_page_size(page_size);
    request.set_page_token(token);
    request.set_after_seq(after_seq);
    return Call(&v1::ProgressService::Stub::ListLearnerEvents, request);
  }
  absl::StatusOr<v1::RecordEventsStreamResponse> Stream(const std::vector<v1::RecordEventsRequest>& batches) {
    grpc::ClientContext context;
    rpc::AddBearer(context, kToken);
    v1::RecordEventsStreamResponse response;
    const auto writer = stub_->RecordEventsStream(&context, &response);
    for (const auto& batch : batches) {
      v1::RecordEventsStreamRequest request;
      *request.mutable_batch() = batch;
      if (!writer->Write(request)) break;
    }
    writer->WritesDone();
    const grpc::Status status = writer->Finish();
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }
  // Over the batched stream, as the gateway calls for a learner.
  absl::StatusOr<rpc::Bytes> CallAs(const std::string& learner, const char* method, const std::string& request,
                                    identity::v1::Role role = identity::v1::ROLE_LEARNER) {
    rpc::CallContext context;
    context.principal.set_subject(learner);
    context.principal.set_role(role);
    context.deadline = absl::Now() + absl::Seconds(10);
    std::promise<absl::StatusOr<rpc::Bytes>> promise;
    mux_->Call(method, context, request,
               [&](absl::StatusOr<rpc::Bytes> bytes) { promise.set_value(std::move(bytes)); });
    return promise.get_future().get();
  }

  edirae::testing::TempFolder folder_;
  SystemClock clock_;
  TestCatalog catalog_;
  std::unique_ptr<rpc::Server> catalog_server_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<ProgressService> progress_;
  std::unique_ptr<v1::ProgressService::Stub> stub_;
  std::unique_ptr<rpc::MuxClient> mux_;
};

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

TEST_F(ProgressServiceTest, ErasesForTheLearnerAndForAdministratorsOnly) {
  ASSERT_OK(Record("ada", {Answer("r1", "vectors.q1")}));
  ASSERT_OK(Record("bob", {Answer("r1", "vectors.q1")}));
  v1::EraseLearnerRequest request;
  request.set_learner_id("ada");
  request.set_request_id("erasure");
  const auto erase = [&](const std::string& who, identity::v1::Role role) {
    return CallAs(who, kEraseLearner, request.SerializeAsString(), role);
  };
  EXPECT_THAT(erase("bob", identity::v1::ROLE_LEARNER), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(erase("bob", identity::v1::ROLE_AUTHOR), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(List("ada", 10)->events_size(), 1);
  ASSERT_OK(erase("root", identity::v1::ROLE_ADMIN));
  EXPECT_EQ(List("ada", 10)->events_size(), 0);
  EXPECT_EQ(GetProgress("ada")->progress().as_of_seq(), 0);
  request.clear_learner_id();
  ASSERT_OK(erase("bob", identity::v1::ROLE_LEARNER)) << "whoever names nobody means themselves";
  EXPECT_EQ(List("bob", 10)->events_size(), 0);
  ASSERT_NO_FATAL_FAILURE(Start());
  EXPECT_OK(erase("bob", identity::v1::ROLE_LEARNER)) << "the same again, over restarts";
  request.clear_request_id();
  EXPECT_THAT(erase("bob", identity::v1::ROLE_LEARNER), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ProgressServiceTest, HistoriesByPseudonymAreForServicesAndNameNobody) {
  ASSERT_OK(Record("ada", {Answer("request-of-ada", "vectors.q1")}));
  v1::GetPseudonymRequest whose;
  whose.set_learner_id("ada");
  EXPECT_THAT(CallAs("ada", kGetPseudonym, whose.SerializeAsString()), StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const auto named, Call(&v1::ProgressService::Stub::GetPseudonym, whose));
  v1::ListLearnerEventsRequest list;
  list.set_pseudonym(named.pseudonym());
  EXPECT_THAT(CallAs("ada", kListLearnerEvents, list.SerializeAsString()),
              StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const auto events, Call(&v1::ProgressService::Stub::ListLearnerEvents, list));
  ASSERT_EQ(events.events_size(), 1);
  EXPECT_EQ(events.events(0).learner_id(), named.pseudonym());
  EXPECT_EQ(events.events(0).request_id(), "");
  EXPECT_EQ(events.events(0).question_answered().question_id(), "vectors.q1");
  v1::EraseLearnerRequest erase;
  erase.set_request_id("erasure");
  ASSERT_OK(CallAs("ada", kEraseLearner, erase.SerializeAsString()));
  ASSERT_OK_AND_ASSIGN(const auto erased, Call(&v1::ProgressService::Stub::ListLearnerEvents, list));
  ASSERT_EQ(erased.events_size(), 1);
  EXPECT_EQ(erased.events(0).learner_erased().event_count(), 1);
  EXPECT_EQ(erased.events(0).learner_seq(), 2);
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
