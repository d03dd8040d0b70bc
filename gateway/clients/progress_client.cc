#include "gateway/clients/progress_client.h"

#include <string>
#include <utility>

#include "common/wire/wire.h"

namespace edirae::gateway {
namespace {

using progress::v1::GetRoadmapProgressRequest;

constexpr char kGetRoadmapProgress[] = "/edirae.progress.v1.ProgressService/GetRoadmapProgress";
constexpr char kGetGate[] = "/edirae.progress.v1.ProgressService/GetGate";
constexpr char kExplainDecision[] = "/edirae.progress.v1.ProgressService/ExplainDecision";
constexpr char kRecordEvents[] = "/edirae.progress.v1.ProgressService/RecordEvents";

}  // namespace

void ServiceProgressClient::GetRoadmapProgress(const rpc::CallContext& context, absl::string_view learner_id,
                                               absl::string_view roadmap_id, rpc::Done done) {
  constexpr int kLearner = GetRoadmapProgressRequest::kLearnerIdFieldNumber;
  constexpr int kRoadmap = GetRoadmapProgressRequest::kRoadmapIdFieldNumber;
  std::string request;
  request.reserve(wire::SizeOfBytes(kLearner, learner_id.size()) + wire::SizeOfBytes(kRoadmap, roadmap_id.size()));
  wire::AppendBytes(request, kLearner, learner_id);
  wire::AppendBytes(request, kRoadmap, roadmap_id);
  service_.Call(kGetRoadmapProgress, context, std::move(request), std::move(done));
}

void ServiceProgressClient::GetGate(const rpc::CallContext& context, absl::string_view learner_id,
                                    absl::string_view roadmap_id, absl::string_view stage_id, rpc::Done done) {
  progress::v1::GetGateRequest request;
  request.set_learner_id(learner_id.data(), learner_id.size());
  request.set_roadmap_id(roadmap_id.data(), roadmap_id.size());
  request.set_stage_id(stage_id.data(), stage_id.size());
  service_.Call(kGetGate, context, request.SerializeAsString(), std::move(done));
}

void ServiceProgressClient::ExplainDecision(const rpc::CallContext& context, absl::string_view learner_id,
                                            absl::string_view event_id, rpc::Done done) {
  progress::v1::ExplainDecisionRequest request;
  request.set_learner_id(learner_id.data(), learner_id.size());
  request.set_event_id(event_id.data(), event_id.size());
  service_.Call(kExplainDecision, context, request.SerializeAsString(), std::move(done));
}

void ServiceProgressClient::RecordEvents(const rpc::CallContext& context,
                                         const progress::v1::RecordEventsRequest& request, rpc::Done done) {
  service_.Call(kRecordEvents, context, request.SerializeAsString(), std::move(done));
}

}  // namespace edirae::gateway
