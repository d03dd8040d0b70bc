#include "gateway/testing/fake_progress.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "edirae/progress/v1/mentor_service.pb.h"

namespace edirae::gateway::testing {

using progress::v1::GetRoadmapProgressRequest;
using progress::v1::GetRoadmapProgressResponse;
using progress::v1::RecordEventsRequest;
using progress::v1::RecordEventsResponse;

FakeProgress::FakeProgress() {
  result_.mutable_outcome()->set_event_id("event");
  backend_.methods().Add(
      "/edirae.progress.v1.ProgressService/GetRoadmapProgress",
      rpc::Typed<GetRoadmapProgressRequest, GetRoadmapProgressResponse>(
          [this](const auto& context, const auto& request, auto done) { Lookup(context, request, std::move(done)); }));
  backend_.methods().Add("/edirae.progress.v1.ProgressService/GetGate",
                         rpc::Typed<progress::v1::GetGateRequest, progress::v1::GetGateResponse>(
                             [](const auto&, const auto& request, auto done) {
                               progress::v1::GetGateResponse response;
                               response.mutable_gate()->set_learner_id(request.learner_id());
                               response.mutable_gate()->set_roadmap_id(request.roadmap_id());
                               response.mutable_gate()->set_stage_id(request.stage_id());
                               std::move(done)(std::move(response));
                             }));
  backend_.methods().Add(
      "/edirae.progress.v1.ProgressService/ExplainDecision",
      rpc::Typed<progress::v1::ExplainDecisionRequest, progress::v1::ExplainDecisionResponse>(
          [](const auto&, const auto& request, auto done) {
            progress::v1::ExplainDecisionResponse response;
            response.mutable_explanation()->set_text(absl::StrCat(request.learner_id(), " ", request.event_id()));
            std::move(done)(std::move(response));
          }));
  backend_.methods().Add("/edirae.progress.v1.MentorService/ReviewMilestone",
                         rpc::Typed<progress::v1::ReviewMilestoneRequest, progress::v1::ReviewMilestoneResponse>(
                             [](const auto& context, const auto& request, auto done) {
                               progress::v1::ReviewMilestoneResponse response;
                               auto& submission = *response.mutable_submission();
                               submission.set_submission_id(request.review().submission_id());
                               submission.set_notes(context.principal.subject());
                               std::move(done)(std::move(response));
                             }));
  backend_.methods().Add(
      "/edirae.progress.v1.ProgressService/RecordEvents",
      rpc::Typed<RecordEventsRequest, RecordEventsResponse>(
          [this](const auto& context, const auto& request, auto done) { Write(context, request, std::move(done)); }));
}

void FakeProgress::StandAt(int64_t as_of_seq) {
  const std::lock_guard lock(mutex_);
  as_of_seq_ = as_of_seq;
}

void FakeProgress::FailLookups(absl::Status status) {
  const std::lock_guard lock(mutex_);
  lookup_status_ = std::move(status);
}

void FakeProgress::AnswerWrites(progress::v1::ActionResult result) {
  const std::lock_guard lock(mutex_);
  result_ = std::move(result);
}

void FakeProgress::HoldWrites() {
  const std::lock_guard lock(mutex_);
  holding_ = true;
}

void FakeProgress::Release() {
  std::vector<rpc::TypedDone<RecordEventsResponse>> held;
  RecordEventsResponse response;
  {
    const std::lock_guard lock(mutex_);
    holding_ = false;
    held.swap(held_);
    *response.add_results() = result_;
  }
  for (auto& done : held) std::move(done)(response);
}

std::vector<RecordEventsRequest> FakeProgress::writes() const {
  const std::lock_guard lock(mutex_);
  return writes_;
}

std::vector<identity::v1::Principal> FakeProgress::writers() const {
  const std::lock_guard lock(mutex_);
  return writers_;
}

int FakeProgress::lookups() const {
  const std::lock_guard lock(mutex_);
  return lookups_;
}

int FakeProgress::held() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(held_.size());
}

progress::v1::RoadmapProgress FakeProgress::Standing(const std::string& learner_id, const std::string& roadmap_id,
                                                     int64_t as_of_seq) {
  progress::v1::RoadmapProgress standing;
  standing.set_learner_id(learner_id);
  standing.set_roadmap_id(roadmap_id);
  standing.set_as_of_seq(as_of_seq);
  standing.set_current_stage_id("one");
  for (int i = 0; i < 240; ++i) {
    auto& content = *standing.add_concepts();
    content.set_concept_id(absl::StrCat("concept-number-", i));
    content.set_status(progress::v1::CONCEPT_STATUS_LEARNING);
    content.set_answer_count(i);
  }
  return standing;
}

void FakeProgress::Lookup(const rpc::CallContext&, const GetRoadmapProgressRequest& request,
                          rpc::TypedDone<GetRoadmapProgressResponse> done) {
  absl::Status status;
  GetRoadmapProgressResponse response;
  {
    const std::lock_guard lock(mutex_);
    ++lookups_;
    status = lookup_status_;
    *response.mutable_progress() = Standing(request.learner_id(), request.roadmap_id(), as_of_seq_);
  }
  if (!status.ok()) return std::move(done)(status);
  std::move(done)(std::move(response));
}

void FakeProgress::Write(const rpc::CallContext& context, const RecordEventsRequest& request,
                         rpc::TypedDone<RecordEventsResponse> done) {
  RecordEventsResponse response;
  {
    const std::lock_guard lock(mutex_);
    writes_.push_back(request);
    writers_.push_back(context.principal);
    if (holding_) {
      held_.push_back(std::move(done));
      return;
    }
    *response.add_results() = result_;
  }
  std::move(done)(std::move(response));
}

}  // namespace edirae::gateway::testing
