#include "services/progress/rpc/methods.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"
#include "services/progress/rpc/wire.h"

namespace edirae::progress {
namespace {

bool Parse(absl::string_view bytes, google::protobuf::MessageLite& message) {
  return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

void RecordEvents(Ledger& ledger, const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
  auto request = std::make_unique<v1::RecordEventsRequest>();
  if (!Parse(bytes, *request)) return std::move(done)(rpc::MalformedRequest());
  if (absl::Status ok = CheckRecord(context.principal, *request); !ok.ok()) return std::move(done)(ok);
  ledger.Record({std::move(request), context.deadline, context.traceparent},
                [done = std::move(done)](const absl::StatusOr<std::vector<ActionAnswer>>& answers) mutable {
                  if (!answers.ok()) return std::move(done)(answers.status());
                  std::move(done)(std::make_shared<const std::string>(RecordEventsBytes(*answers)));
                });
}

void GetRoadmapProgress(Ledger& ledger, const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
  v1::GetRoadmapProgressRequest request;
  if (!Parse(bytes, request)) return std::move(done)(rpc::MalformedRequest());
  absl::Status ok = CheckOpaqueId("learner_id", request.learner_id());
  if (ok.ok()) ok = rpc::CheckMayActFor(context.principal, request.learner_id());
  if (ok.ok()) ok = CheckSlug("roadmap_id", request.roadmap_id());
  if (!ok.ok()) return std::move(done)(ok);
  ledger.ReadProgress(std::move(*request.mutable_learner_id()), std::move(*request.mutable_roadmap_id()),
                      std::move(done));
}

void GetGate(Ledger& ledger, const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
  v1::GetGateRequest request;
  if (!Parse(bytes, request)) return std::move(done)(rpc::MalformedRequest());
  absl::Status ok = CheckOpaqueId("learner_id", request.learner_id());
  if (ok.ok()) ok = rpc::CheckMayActFor(context.principal, request.learner_id());
  if (ok.ok()) ok = CheckSlug("roadmap_id", request.roadmap_id());
  if (ok.ok() && !request.stage_id().empty()) ok = CheckSlug("stage_id", request.stage_id());
  if (!ok.ok()) return std::move(done)(ok);
  ledger.ReadGate(std::move(*request.mutable_learner_id()), std::move(*request.mutable_roadmap_id()),
                  std::move(*request.mutable_stage_id()), std::move(done));
}

void ExplainDecision(Ledger& ledger, const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
  v1::ExplainDecisionRequest request;
  if (!Parse(bytes, request)) return std::move(done)(rpc::MalformedRequest());
  absl::Status ok = CheckOpaqueId("learner_id", request.learner_id());
  if (ok.ok()) ok = rpc::CheckMayActFor(context.principal, request.learner_id());
  if (ok.ok()) ok = CheckOpaqueId("event_id", request.event_id());
  if (!ok.ok()) return std::move(done)(ok);
  ledger.ExplainDecision(std::move(*request.mutable_learner_id()), std::move(*request.mutable_event_id()),
                         std::move(done));
}

}  // namespace

absl::Status CheckRecord(const identity::v1::Principal& principal, const v1::RecordEventsRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("learner_id", request.learner_id()));
  EDIRAE_RETURN_IF_ERROR(rpc::CheckMayActFor(principal, request.learner_id()));
  if (request.actions_size() < 1 || request.actions_size() > limits::kMaxActionsPerRequest) {
    return Invalid(reason::kOutOfRange, absl::StrCat("actions must be 1 to ", limits::kMaxActionsPerRequest),
                   "actions");
  }
  for (const v1::LearnerAction& action : request.actions()) {
    const bool of_a_reviewer = action.has_review_milestone() || action.has_claim_submission() ||
                               action.has_release_submission() || action.has_review_submission();
    if (of_a_reviewer) EDIRAE_RETURN_IF_ERROR(rpc::CheckIsService(principal));
  }
  return absl::OkStatus();
}

void AddMethods(Ledger& ledger, rpc::MethodTable& methods) {
  const auto add = [&](const char* name, auto* method) {
    methods.Add(name, [&ledger, method](const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
      method(ledger, context, bytes, std::move(done));
    });
  };
  add(kRecordEvents, &RecordEvents);
  add(kGetRoadmapProgress, &GetRoadmapProgress);
  add(kGetGate, &GetGate);
  add(kExplainDecision, &ExplainDecision);
}

}  // namespace edirae::progress
