#include "services/recommend/testing/service_fixture.h"

#include <filesystem>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/nats/jetstream.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "common/testing/eventually.h"
#include "services/recommend/domain/choosing/suggestions.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::testing {
namespace {

constexpr char kToken[] = "0123456789abcdef0123456789abcdef";

}  // namespace

void ServiceFixture::SetUp() {
  NatsFixture::SetUp();
  connection_ = Connect({.client_name = "progress"});
  ASSERT_NE(connection_, nullptr);
  catalog_.Publish(1, SampleContent());
  CreateStream();
  StartService();
}

void ServiceFixture::TearDown() {
  StopService();
  connection_.reset();
  NatsFixture::TearDown();
}

RecommendSettings ServiceFixture::Settings() const {
  RecommendSettings settings;
  settings.server.drain_delay = absl::ZeroDuration();
  settings.data = absl::StrCat(folder(), "/recommend");
  settings.nats_url = const_cast<ServiceFixture*>(this)->server().url();
  settings.service_token = kToken;
  return settings;
}

void ServiceFixture::StartService() {
  StopService();
  metrics_ = std::make_unique<Metrics>();
  auto service = RecommendService::Start(Settings(), *metrics_, clock_, catalog_.Channel(), progress_.Channel());
  ASSERT_OK(service);
  service_ = *std::move(service);
  stub_ = v1::RecommendService::NewStub(service_->server().InProcessChannel());
  ASSERT_TRUE(edirae::testing::Eventually([&] { return Suggest("somebody").ok(); }));
}

void ServiceFixture::StopService() {
  stub_.reset();
  service_.reset();
}

void ServiceFixture::DropData() { std::filesystem::remove_all(Settings().data); }

void ServiceFixture::CreateStream() {
  ASSERT_OK(nats::JetStream(*connection_)
                .EnsureStream({.name = kEventStream, .subjects = {"learner.events.v1.>"}, .max_bytes = 64 << 20}));
}

void ServiceFixture::DeleteStream() { ASSERT_OK(nats::JetStream(*connection_).DeleteStream(kEventStream)); }

void ServiceFixture::Publish(const std::vector<events::v1::LearnerEvent>& events) {
  ASSERT_OK_AND_ASSIGN(auto publisher, nats::AsyncPublisher::Create(*connection_));
  int stored = 0;
  for (const auto& event : events) {
    ASSERT_OK(publisher->Publish({.subject = absl::StrCat("learner.events.v1.test.", event.partition()),
                                  .headers = {{"ce-id", event.event_id()}},
                                  .payload = event.SerializeAsString()},
                                 [&stored](const absl::StatusOr<nats::PubAck>& ack) { stored += ack.ok() ? 1 : 0; }));
  }
  ASSERT_OK(publisher->Drain(absl::Seconds(10)));
  publisher.reset();
  ASSERT_EQ(stored, static_cast<int>(events.size()));
}

void ServiceFixture::PublishRaw(const std::string& payload) {
  ASSERT_OK_AND_ASSIGN(auto publisher, nats::AsyncPublisher::Create(*connection_));
  ASSERT_OK(publisher->Publish({.subject = "learner.events.v1.test.0", .payload = payload}, [](const auto&) {}));
  ASSERT_OK(publisher->Drain(absl::Seconds(10)));
}

std::unique_ptr<grpc::ClientContext> ServiceFixture::ContextFor(const std::string& learner_id) {
  auto context = std::make_unique<grpc::ClientContext>();
  rpc::AddBearer(*context, kToken);
  if (!learner_id.empty()) context->AddMetadata("x-edirae-subject", learner_id);
  return context;
}

absl::StatusOr<v1::NextSteps> ServiceFixture::Suggest(const std::string& learner_id, const std::string& as, int max,
                                                      const std::string& roadmap_id) {
  v1::SuggestRequest request;
  request.set_learner_id(learner_id);
  request.set_roadmap_id(roadmap_id);
  request.set_max_suggestions(max);
  v1::SuggestResponse response;
  const auto context = ContextFor(as);
  const grpc::Status status = stub_->Suggest(context.get(), request, &response);
  if (!status.ok()) return rpc::FromGrpc(status);
  return response.next_steps();
}

std::unique_ptr<WatchRecorder> ServiceFixture::Watch(const std::string& learner_id, const std::string& as,
                                                     const std::string& resume_token) {
  v1::WatchRequest request;
  request.set_learner_id(learner_id);
  request.set_roadmap_id("maths");
  request.set_resume_token(resume_token);
  return std::make_unique<WatchRecorder>(*stub_, ContextFor(as), request);
}

bool ServiceFixture::Reaches(const std::string& learner_id, int64_t seq, absl::Duration timeout) {
  return edirae::testing::Eventually(
      [&] {
        const auto steps = Suggest(learner_id);
        return steps.ok() && steps->as_of_seq() == seq;
      },
      timeout);
}

v1::NextSteps ServiceFixture::Expected(const History& history) const {
  const LearnerState state = history.Fold();
  v1::NextSteps steps;
  steps.set_learner_id(state.learner_id);
  steps.set_roadmap_id("maths");
  steps.set_as_of_seq(state.applied_seq);
  steps.set_catalog_revision(1);
  const auto wishes = wishing::WishesOf(*state.kept, state.known, SampleCourse());
  const choosing::LearnerView view(SampleModels(), state, SampleCourse(), clock_.Now(),
                                   wishes.has_value() ? &*wishes : nullptr);
  choosing::AddTo(steps, choosing::Suggest(view, limits::kDefaultSuggestions));
  return steps;
}

double ServiceFixture::Metric(const std::string& name) const {
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(metrics_->Text(), '\n'))) {
    double value = 0;
    if (absl::StartsWith(line, name + " ") && absl::SimpleAtod(line.substr(name.size() + 1), &value)) return value;
  }
  return -1;
}

}  // namespace edirae::recommend::testing
