#include "gateway/clients/recommend_client.h"

#include <utility>

#include "common/process/release_last.h"
#include "common/wire/wire.h"
#include "gateway/clients/next_steps_watch.h"
#include "gateway/limits.h"

namespace edirae::gateway {
namespace {

using recommend::v1::SuggestRequest;

constexpr char kSuggest[] = "/edirae.recommend.v1.RecommendService/Suggest";

// Asks one replica after the other.
void AskFor(const std::shared_ptr<RecommendReplicas>& replicas, const std::string& method,
            const rpc::CallContext& context, const std::string& request, rpc::Done done, int tries) {
  const size_t ordinal = replicas->Find(context.principal.subject());
  replicas->methods(ordinal).Call(method, context, request,
                                  [replicas = std::weak_ptr(replicas), ordinal, method, context, request, tries,
                                   done = std::move(done)](absl::StatusOr<rpc::Bytes> response) mutable {
                                    const std::shared_ptr<RecommendReplicas> alive = replicas.lock();
                                    if (response.ok() || tries == 1 || alive == nullptr ||
                                        !alive->FindAnother(context.principal.subject(), ordinal, response.status())) {
                                      return std::move(done)(std::move(response));
                                    }
                                    AskFor(alive, method, context, request, std::move(done), tries - 1);
                                  });
}

}  // namespace

GrpcRecommendClient::GrpcRecommendClient(const std::vector<rpc::Peer>& peers, std::string service_token)
    : replicas_(std::make_shared<RecommendReplicas>(peers, service_token)), service_token_(std::move(service_token)) {}

// An answer that is just being given out must not be the last to hold the clients that give it out.
GrpcRecommendClient::~GrpcRecommendClient() { process::ReleaseLast(std::move(replicas_)); }

void GrpcRecommendClient::Suggest(const rpc::CallContext& context, absl::string_view learner_id,
                                  absl::string_view roadmap_id, rpc::Done done) {
  constexpr int kLearner = SuggestRequest::kLearnerIdFieldNumber;
  constexpr int kRoadmap = SuggestRequest::kRoadmapIdFieldNumber;
  std::string request;
  request.reserve(wire::SizeOfBytes(kLearner, learner_id.size()) + wire::SizeOfBytes(kRoadmap, roadmap_id.size()));
  wire::AppendBytes(request, kLearner, learner_id);
  wire::AppendBytes(request, kRoadmap, roadmap_id);
  Ask(kSuggest, context, std::move(request), std::move(done));
}

void GrpcRecommendClient::Ask(absl::string_view method, const rpc::CallContext& context, std::string request,
                              rpc::Done done) {
  if (replicas_->size() == 1) return replicas_->methods(0).Call(method, context, std::move(request), std::move(done));
  AskFor(replicas_, std::string(method), context, request, std::move(done), limits::kReplicaTries);
}

std::unique_ptr<Watch> GrpcRecommendClient::WatchNextSteps(const rpc::CallContext& context,
                                                           absl::string_view learner_id, absl::string_view roadmap_id,
                                                           OnNextSteps on_next_steps) {
  recommend::v1::WatchRequest request;
  request.set_learner_id(std::string(learner_id));
  request.set_roadmap_id(std::string(roadmap_id));
  return std::make_unique<NextStepsWatch>(
      replicas_,
      WatchMetadata{
          .service_token = service_token_, .subject = context.principal.subject(), .traceparent = context.traceparent},
      std::move(request), std::move(on_next_steps));
}

}  // namespace edirae::gateway
