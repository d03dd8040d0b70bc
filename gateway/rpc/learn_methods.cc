#include "gateway/rpc/learn_methods.h"

#include <string>
#include <utility>

#include "common/catalog_reads/read_methods.h"
#include "common/catalog_reads/search_method.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/aggregate/recorder.h"
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "gateway/rpc/method_names.h"
#include "google/protobuf/arena.h"

namespace edirae::gateway {
namespace {

using google::protobuf::Arena;
using progress::v1::RecordEventsRequest;

constexpr size_t kArenaBytes = 2048;  // on the stack; enough for one write without going to the heap

template <class Request>
absl::Status Parse(absl::string_view bytes, Request& request) {
  if (bytes.size() > limits::kMaxRequestBytes) return RequestTooLarge(limits::kMaxRequestBytes);
  if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return rpc::MalformedRequest();
  return absl::OkStatus();
}

// Lets a handler run while the caller has a place, and gives the place back when it is done.
rpc::Handler Admitted(Admission& calls, rpc::Handler inner) {
  return [&calls, inner = std::move(inner)](const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
    absl::StatusOr<Admission::Slot> slot = calls.Enter(context.principal.subject());
    if (!slot.ok()) return std::move(done)(slot.status());
    inner(context, bytes,
          [slot = *std::move(slot), done = std::move(done)](absl::StatusOr<rpc::Bytes> response) mutable {
            slot = {};
            std::move(done)(std::move(response));
          });
  };
}

rpc::Handler GetHome(HomeReader& homes) {
  return [&homes](const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
    learn::v1::GetHomeRequest request;
    absl::Status status = Parse(bytes, request);
    const auto learner_id = SubjectOf(context, request.learner_id());
    if (status.ok()) status = learner_id.status();
    if (status.ok()) status = CheckSlug("roadmap_id", request.roadmap_id());
    if (!status.ok()) return std::move(done)(status);
    homes.GetHome(context, *learner_id, request.roadmap_id(), std::move(done));
  };
}

// Progress's answer is the gateway's, byte by byte.
constexpr int kGate = learn::v1::GetGateResponse::kGateFieldNumber;
static_assert(progress::v1::GetGateResponse::kGateFieldNumber == kGate);

rpc::Handler GetGate(ProgressClient& progress) {
  return [&progress](const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
    learn::v1::GetGateRequest request;
    absl::Status status = Parse(bytes, request);
    const auto learner_id = SubjectOf(context, request.learner_id());
    if (status.ok()) status = learner_id.status();
    if (status.ok()) status = CheckSlug("roadmap_id", request.roadmap_id());
    if (status.ok() && !request.stage_id().empty()) status = CheckSlug("stage_id", request.stage_id());
    if (!status.ok()) return std::move(done)(status);
    progress.GetGate(context, *learner_id, request.roadmap_id(), request.stage_id(), std::move(done));
  };
}

// A handler that recommend answers: its requests and responses are the gateway's, field by field, so that only the
// caller is put in and the answer goes out byte by byte. Recommend checks the rest.
template <class Request>
rpc::Handler Ask(RecommendClient& recommend, absl::string_view method) {
  return [&recommend, method](const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
    Request request;
    absl::Status status = Parse(bytes, request);
    const auto learner_id = SubjectOf(context, request.learner_id());
    if (status.ok()) status = learner_id.status();
    if (status.ok()) status = CheckSlug("roadmap_id", request.roadmap_id());
    if (!status.ok()) return std::move(done)(status);
    request.set_learner_id(std::string(*learner_id));
    recommend.Ask(method, context, request.SerializeAsString(), std::move(done));
  };
}

constexpr int kExplanation = learn::v1::ExplainDecisionResponse::kExplanationFieldNumber;
static_assert(progress::v1::ExplainDecisionResponse::kExplanationFieldNumber == kExplanation);

rpc::Handler ExplainDecision(ProgressClient& progress) {
  return [&progress](const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
    learn::v1::ExplainDecisionRequest request;
    absl::Status status = Parse(bytes, request);
    const auto learner_id = SubjectOf(context, request.learner_id());
    if (status.ok()) status = learner_id.status();
    if (status.ok()) status = CheckOpaqueId("event_id", request.event_id());
    if (!status.ok()) return std::move(done)(status);
    progress.ExplainDecision(context, *learner_id, request.event_id(), std::move(done));
  };
}

// A handler that records one thing that the learner did.
template <class Request>
rpc::Handler Write(ProgressClient& progress) {
  return [&progress](const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
    char block[kArenaBytes];
    google::protobuf::ArenaOptions options;
    options.initial_block = block;
    options.initial_block_size = sizeof(block);
    Arena arena(options);
    auto& request = *Arena::CreateMessage<Request>(&arena);
    absl::Status status = Parse(bytes, request);
    const auto learner_id = SubjectOf(context, request.learner_id());
    if (status.ok()) status = learner_id.status();
    if (status.ok()) status = CheckIds(request);
    if (!status.ok()) return std::move(done)(status);
    auto& record = *Arena::CreateMessage<RecordEventsRequest>(&arena);
    record.set_learner_id(learner_id->data(), learner_id->size());
    FillAction(request, *record.add_actions());
    Record(progress, context, record, std::move(done));
  };
}

}  // namespace

absl::StatusOr<absl::string_view> SubjectOf(const rpc::CallContext& context, absl::string_view learner_id) {
  const absl::string_view subject = learner_id.empty() ? absl::string_view(context.principal.subject()) : learner_id;
  EDIRAE_RETURN_IF_ERROR(rpc::CheckMayActFor(context.principal, subject));
  return subject;
}

void AddLearnMethods(const LearnBackends& backends, rpc::MethodTable& table) {
  const catalog_reads::Newest newest = [&catalog = backends.catalog] { return catalog.Get(); };
  catalog_reads::AddReadMethods("edirae.learn.v1.LearnService", newest, table);
  table.Add(method::kSearch,
            Admitted(backends.calls, catalog_reads::SearchMethod(newest, backends.catalog.searcher())));
  table.Add(method::kGetHome, Admitted(backends.calls, GetHome(backends.homes)));
  table.Add(method::kGetGate, Admitted(backends.calls, GetGate(backends.progress)));
  table.Add(method::kExplain,
            Admitted(backends.calls, Ask<learn::v1::ExplainRequest>(backends.recommend, recommend_method::kExplain)));
  table.Add(method::kWhatIf,
            Admitted(backends.calls, Ask<learn::v1::WhatIfRequest>(backends.recommend, recommend_method::kWhatIf)));
  table.Add(method::kPlanSession, Admitted(backends.calls, Ask<learn::v1::PlanSessionRequest>(
                                                               backends.recommend, recommend_method::kPlanSession)));
  table.Add(method::kPlanTrack, Admitted(backends.calls, Ask<learn::v1::PlanTrackRequest>(
                                                             backends.recommend, recommend_method::kPlanTrack)));
  table.Add(method::kRequestHint, Admitted(backends.calls, Write<learn::v1::RequestHintRequest>(backends.progress)));
  table.Add(method::kAnswerQuestion,
            Admitted(backends.calls, Write<learn::v1::AnswerQuestionRequest>(backends.progress)));
  table.Add(method::kReviewCard, Admitted(backends.calls, Write<learn::v1::ReviewCardRequest>(backends.progress)));
  table.Add(method::kOpenResource, Admitted(backends.calls, Write<learn::v1::OpenResourceRequest>(backends.progress)));
  table.Add(method::kExplainDecision, Admitted(backends.calls, ExplainDecision(backends.progress)));
  table.Add(method::kRecordActivity,
            Admitted(backends.calls, Write<learn::v1::RecordActivityRequest>(backends.progress)));
  table.Add(method::kRequestAdvance,
            Admitted(backends.calls, Write<learn::v1::RequestAdvanceRequest>(backends.progress)));
}

}  // namespace edirae::gateway
