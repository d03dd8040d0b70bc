#include "services/recommend/rpc/recommend_endpoint.h"

#include <utility>

#include "common/recommend_rpc/track_rpc.h"
#include "common/status/macros.h"
#include "services/recommend/errors.h"
#include "services/recommend/rpc/outlook_requests.h"
#include "services/recommend/rpc/track_answer.h"

namespace edirae::recommend {
namespace {

constexpr char kSuggest[] = "/edirae.recommend.v1.RecommendService/Suggest";
constexpr char kExplain[] = "/edirae.recommend.v1.RecommendService/Explain";
constexpr char kWhatIf[] = "/edirae.recommend.v1.RecommendService/WhatIf";
constexpr char kPlanSession[] = "/edirae.recommend.v1.RecommendService/PlanSession";
constexpr char kPlanTrack[] = "/edirae.recommend.v1.RecommendService/PlanTrack";

// Refuses a streaming call.
class Refusal final : public grpc::ServerWriteReactor<v1::WatchResponse> {
 public:
  explicit Refusal(const absl::Status& why) { Finish(rpc::ToGrpc(why, kErrorDomain)); }
  void OnDone() override { delete this; }
};

struct CheckedWatch {
  AdviceRequest request;
  ResumeToken seen;
};

absl::StatusOr<CheckedWatch> Check(const rpc::CallContext& call, const v1::WatchRequest& request,
                                   const Advisor& advisor) {
  CheckedWatch checked;
  EDIRAE_ASSIGN_OR_RETURN(checked.request,
                          ParseAdviceRequest(request.learner_id(), request.roadmap_id(), request.max_suggestions()));
  EDIRAE_RETURN_IF_ERROR(rpc::CheckMayActFor(call.principal, request.learner_id()));
  EDIRAE_ASSIGN_OR_RETURN(checked.seen, ResumeToken::Parse(request.resume_token()));
  EDIRAE_RETURN_IF_ERROR(advisor.CheckRoadmap(request.roadmap_id()));
  return checked;
}

absl::StatusOr<AdviceRequest> Check(const rpc::CallContext& call, const v1::SuggestRequest& request) {
  EDIRAE_ASSIGN_OR_RETURN(AdviceRequest checked,
                          ParseAdviceRequest(request.learner_id(), request.roadmap_id(), request.max_suggestions()));
  EDIRAE_RETURN_IF_ERROR(rpc::CheckMayActFor(call.principal, request.learner_id()));
  return checked;
}

void HandleSuggest(const Advisor& advisor, StateSource& states, const rpc::CallContext& call,
                   const v1::SuggestRequest& request, rpc::TypedDone<v1::SuggestResponse> done) {
  auto checked = Check(call, request);
  if (!checked.ok()) return std::move(done)(checked.status());
  const std::string learner_id = checked->learner_id;
  states.Get(learner_id,
             [&advisor, request = *std::move(checked), done = std::move(done)](StateSource::Result state) mutable {
               if (!state.ok()) return std::move(done)(state.status());
               auto timed = advisor.StepsFor(**state, request);
               if (!timed.ok()) return std::move(done)(timed.status());
               v1::SuggestResponse response;
               *response.mutable_next_steps() = std::move(timed->steps);
               std::move(done)(std::move(response));
             });
}

template <class Request>
absl::Status CheckOutlook(const rpc::CallContext& call, const Request& request) {
  EDIRAE_RETURN_IF_ERROR(ParseAdviceRequest(request.learner_id(), request.roadmap_id(), 0).status());
  EDIRAE_RETURN_IF_ERROR(rpc::CheckMayActFor(call.principal, request.learner_id()));
  return CheckFields(request);
}

template <class Request, class Response>
void HandleOutlook(const Advisor& advisor, StateSource& states, const rpc::CallContext& call, const Request& request,
                   rpc::TypedDone<Response> done) {
  if (const absl::Status checked = CheckOutlook(call, request); !checked.ok()) return std::move(done)(checked);
  states.Get(request.learner_id(), [&advisor, request, done = std::move(done)](StateSource::Result state) mutable {
    if (!state.ok()) return std::move(done)(state.status());
    std::move(done)(advisor.Answer(**state, request));
  });
}

// A method that the advisor answers from the learner's state.
template <class Request, class Response>
rpc::Handler Outlook(const Advisor& advisor, StateSource& states) {
  return rpc::Typed<Request, Response>(
      [&advisor, &states](const rpc::CallContext& call, const Request& request, rpc::TypedDone<Response> done) {
        HandleOutlook(advisor, states, call, request, std::move(done));
      });
}

// The same for learners who call the gateway: without a name they mean themselves.
rpc::Handler GetTrack(const Advisor& advisor, StateSource& states) {
  using Done = rpc::TypedDone<v1::GetTrackResponse>;
  return rpc::Typed<v1::GetTrackRequest, v1::GetTrackResponse>(
      [&advisor, &states](const rpc::CallContext& call, const v1::GetTrackRequest& request, Done done) {
        v1::GetTrackRequest named = request;
        if (named.learner_id().empty()) named.set_learner_id(call.principal.subject());
        HandleOutlook(advisor, states, call, named, std::move(done));
      });
}

}  // namespace

void AddMethods(const Advisor& advisor, StateSource& states, rpc::MethodTable& methods) {
  methods.Add(kSuggest, rpc::Typed<v1::SuggestRequest, v1::SuggestResponse>(
                            [&advisor, &states](const rpc::CallContext& call, const v1::SuggestRequest& request,
                                                rpc::TypedDone<v1::SuggestResponse> done) {
                              HandleSuggest(advisor, states, call, request, std::move(done));
                            }));
  methods.Add(kExplain, Outlook<v1::ExplainRequest, v1::ExplainResponse>(advisor, states));
  methods.Add(kWhatIf, Outlook<v1::WhatIfRequest, v1::WhatIfResponse>(advisor, states));
  methods.Add(kPlanSession, Outlook<v1::PlanSessionRequest, v1::PlanSessionResponse>(advisor, states));
  methods.Add(kPlanTrack, Outlook<v1::PlanTrackRequest, v1::PlanTrackResponse>(advisor, states));
  methods.Add(kGetTrack, GetTrack(advisor, states));
}

RecommendEndpoint::RecommendEndpoint(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator,
                                     Watch::Context watching)
    : endpoint_(methods, authenticator), authenticator_(authenticator), watching_(watching) {}

grpc::ServerUnaryReactor* RecommendEndpoint::Suggest(Context* context, const Bytes* request, Bytes* response) {
  return endpoint_.Serve(kSuggest, context, request, response);
}
grpc::ServerUnaryReactor* RecommendEndpoint::Explain(Context* context, const Bytes* request, Bytes* response) {
  return endpoint_.Serve(kExplain, context, request, response);
}
grpc::ServerUnaryReactor* RecommendEndpoint::WhatIf(Context* context, const Bytes* request, Bytes* response) {
  return endpoint_.Serve(kWhatIf, context, request, response);
}
grpc::ServerUnaryReactor* RecommendEndpoint::PlanSession(Context* context, const Bytes* request, Bytes* response) {
  return endpoint_.Serve(kPlanSession, context, request, response);
}
grpc::ServerUnaryReactor* RecommendEndpoint::PlanTrack(Context* context, const Bytes* request, Bytes* response) {
  return endpoint_.Serve(kPlanTrack, context, request, response);
}

grpc::ServerWriteReactor<v1::WatchResponse>* RecommendEndpoint::Watch(grpc::CallbackServerContext* context,
                                                                      const v1::WatchRequest* request) {
  const auto call = rpc::ContextOf(*context, authenticator_);
  if (!call.ok()) return new Refusal(call.status());
  auto checked = Check(*call, *request, watching_.advisor);
  if (!checked.ok()) return new Refusal(checked.status());
  return recommend::Watch::Start(watching_, std::move(checked->request), checked->seen);
}

}  // namespace edirae::recommend
