#ifndef EDIRAE_SERVICES_PROGRESS_TESTING_SERVICE_FIXTURE_H_
#define EDIRAE_SERVICES_PROGRESS_TESTING_SERVICE_FIXTURE_H_

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/progress_rpc/mentor_rpc.h"
#include "common/rpc/channel.h"
#include "common/rpc/mux_client.h"
#include "common/rpc/unary.h"
#include "common/testing/eventually.h"
#include "common/testing/free_port.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "edirae/catalog/v1/revision_service.grpc.pb.h"
#include "edirae/progress/v1/progress_service.grpc.pb.h"
#include "gtest/gtest.h"
#include "services/progress/service.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {

inline const std::string kToken = "a token of the services, 32 bytes or more";

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

// Progress as its callers see it: real gRPC inside the process, a real ledger on disk, a catalog that the test plays,
// no NATS.
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
    ASSERT_TRUE(edirae::testing::Eventually([&] { return GetProgress("ada").ok(); }))
        << "the catalog's revision arrives";
    ASSERT_TRUE(edirae::testing::Eventually([&] {
      return CallAs("mentor", kListMilestoneSubmissions, "", identity::v1::ROLE_MENTOR).ok();
    })) << "what mentors did is read";
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

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_TESTING_SERVICE_FIXTURE_H_
