#ifndef EDIRAE_GATEWAY_CLIENTS_RECOMMEND_CLIENT_H_
#define EDIRAE_GATEWAY_CLIENTS_RECOMMEND_CLIENT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/rpc/call.h"
#include "edirae/recommend/v1/recommend_service.grpc.pb.h"
#include "gateway/clients/recommend_replicas.h"

namespace edirae::gateway {

// A watch under way; its end is that of the watch. A callback that runs at that moment finishes, no other starts.
class Watch {
 public:
  virtual ~Watch() = default;
};

// Next steps as a watch gives them out.
struct WatchedSteps {
  int64_t as_of_seq = 0;
  std::string bytes;  // a serialized `NextSteps`
};

// Gets the next steps, now and after each change. Runs on gRPC threads, one call at a time; must not block.
using OnNextSteps = std::function<void(WatchedSteps)>;

// Calls the recommend service for a learner. Thread-safe, never blocks.
class RecommendClient {
 public:
  virtual ~RecommendClient() = default;

  // `done` gets the serialized `SuggestResponse` or the service's own error.
  virtual void Suggest(const rpc::CallContext& context, absl::string_view learner_id, absl::string_view roadmap_id,
                       rpc::Done done) = 0;
  // Calls a unary method by its full name. `request` and what `done` gets are serialized.
  virtual void Ask(absl::string_view method, const rpc::CallContext& context, std::string request, rpc::Done done) = 0;
  // Watches for ever, through whatever breaks: what fails is tried again with backoff. `context.deadline` does not
  // count.
  virtual std::unique_ptr<Watch> WatchNextSteps(const rpc::CallContext& context, absl::string_view learner_id,
                                                absl::string_view roadmap_id, OnNextSteps on_next_steps) = 0;
};

// Look-ups by its methods, watches as streams of their own. Of several replicas it asks the one that owns the
// learner, and when it has moved, or does not answer, another one within the deadline. It must outlive the watches.
class GrpcRecommendClient final : public RecommendClient {
 public:
  GrpcRecommendClient(const std::vector<rpc::Peer>& peers, std::string service_token);
  ~GrpcRecommendClient() override;

  void Suggest(const rpc::CallContext& context, absl::string_view learner_id, absl::string_view roadmap_id,
               rpc::Done done) override;
  void Ask(absl::string_view method, const rpc::CallContext& context, std::string request, rpc::Done done) override;
  std::unique_ptr<Watch> WatchNextSteps(const rpc::CallContext& context, absl::string_view learner_id,
                                        absl::string_view roadmap_id, OnNextSteps on_next_steps) override;

 private:
  std::shared_ptr<RecommendReplicas> replicas_;
  const std::string service_token_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_CLIENTS_RECOMMEND_CLIENT_H_
