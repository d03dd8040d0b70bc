#include "services/recommend/rpc/recommend_endpoint.h"

#include <utility>

#include "common/status/macros.h"
#include "services/recommend/errors.h"

namespace edirae::recommend {
namespace {

constexpr char kSuggest[] = "/edirae.recommend.v1.RecommendService/Suggest";

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

}  // namespace

void AddMethods(const Advisor& advisor, StateSource& states, rpc::MethodTable& methods) {
  methods.Add(kSuggest, rpc::Typed<v1::SuggestRequest, v1::SuggestResponse>(
                            [&advisor, &states](const rpc::CallContext& call, const v1::SuggestRequest& request,
                                                rpc::TypedDone<v1::SuggestResponse> done) {
                              HandleSuggest(advisor, states, call, request, std::move(done));
                            }));
}

RecommendEndpoint::RecommendEndpoint(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator,
                                     Watch::Context watching)
    : endpoint_(methods, authenticator), authenticator_(authenticator), watching_(watching) {}

grpc::ServerUnaryReactor* RecommendEndpoint::Suggest(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return endpoint_.Serve(kSuggest, context, request, response);
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
