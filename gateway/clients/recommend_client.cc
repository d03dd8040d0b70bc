#include "gateway/clients/recommend_client.h"

#include <utility>

#include "common/wire/wire.h"
#include "gateway/clients/next_steps_watch.h"

namespace edirae::gateway {
namespace {

using recommend::v1::SuggestRequest;

constexpr char kSuggest[] = "/edirae.recommend.v1.RecommendService/Suggest";

}  // namespace

GrpcRecommendClient::GrpcRecommendClient(rpc::MuxClient& mux, const std::shared_ptr<grpc::Channel>& channel,
                                         std::string service_token)
    : mux_(mux), stub_(recommend::v1::RecommendService::NewStub(channel)), service_token_(std::move(service_token)) {}

void GrpcRecommendClient::Suggest(const rpc::CallContext& context, absl::string_view learner_id,
                                  absl::string_view roadmap_id, rpc::Done done) {
  constexpr int kLearner = SuggestRequest::kLearnerIdFieldNumber;
  constexpr int kRoadmap = SuggestRequest::kRoadmapIdFieldNumber;
  std::string request;
  request.reserve(wire::SizeOfBytes(kLearner, learner_id.size()) + wire::SizeOfBytes(kRoadmap, roadmap_id.size()));
  wire::AppendBytes(request, kLearner, learner_id);
  wire::AppendBytes(request, kRoadmap, roadmap_id);
  mux_.Call(kSuggest, context, std::move(request), std::move(done));
}

void GrpcRecommendClient::Ask(absl::string_view method, const rpc::CallContext& context, std::string request,
                              rpc::Done done) {
  mux_.Call(method, context, std::move(request), std::move(done));
}

std::unique_ptr<Watch> GrpcRecommendClient::WatchNextSteps(const rpc::CallContext& context,
                                                           absl::string_view learner_id, absl::string_view roadmap_id,
                                                           OnNextSteps on_next_steps) {
  recommend::v1::WatchRequest request;
  request.set_learner_id(std::string(learner_id));
  request.set_roadmap_id(std::string(roadmap_id));
  return std::make_unique<NextStepsWatch>(
      stub_,
      WatchMetadata{
          .service_token = service_token_, .subject = context.principal.subject(), .traceparent = context.traceparent},
      std::move(request), std::move(on_next_steps));
}

}  // namespace edirae::gateway
