#ifndef EDIRAE_GATEWAY_CLIENTS_NEXT_STEPS_WATCH_H_
#define EDIRAE_GATEWAY_CLIENTS_NEXT_STEPS_WATCH_H_

#include <memory>
#include <string>

#include "edirae/recommend/v1/recommend_service.grpc.pb.h"
#include "gateway/clients/recommend_client.h"

namespace edirae::gateway {

// What every attempt sends beside its request.
struct WatchMetadata {
  std::string service_token;
  std::string subject;  // the learner for whom the gateway asks
  std::string traceparent;
};

// Follows one learner's next steps on `RecommendService.Watch`. When the stream ends, for whatever reason, it opens
// another after a pause that doubles until something arrives, and goes on from the last resume token, at
// another replica when the learner has moved.
class NextStepsWatch final : public Watch {
 public:
  NextStepsWatch(std::shared_ptr<RecommendReplicas> replicas, WatchMetadata metadata,
                 recommend::v1::WatchRequest request, OnNextSteps on_next_steps);
  ~NextStepsWatch() override;

 private:
  class Link;
  class Attempt;
  const std::shared_ptr<Link> link_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_CLIENTS_NEXT_STEPS_WATCH_H_
