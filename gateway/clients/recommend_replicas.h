#ifndef EDIRAE_GATEWAY_CLIENTS_RECOMMEND_REPLICAS_H_
#define EDIRAE_GATEWAY_CLIENTS_RECOMMEND_REPLICAS_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "common/rpc/peer.h"
#include "edirae/recommend/v1/recommend_service.grpc.pb.h"

namespace edirae::gateway {

// The replicas of recommend, by ordinal, and which of them a caller's learner was found at last. Who owns a learner is
// known to the replicas only: one that does not refuses with OTHER_REPLICA and names the owner. Remembers a bounded
// number of learners. Thread-safe, never blocks.
class RecommendReplicas {
 public:
  // At least one.
  RecommendReplicas(const std::vector<rpc::Peer>& peers, const std::string& service_token);

  size_t size() const { return replicas_.size(); }
  rpc::MethodClient& methods(size_t ordinal) { return *replicas_[ordinal]->methods; }
  recommend::v1::RecommendService::Stub& stub(size_t ordinal) { return *replicas_[ordinal]->stub; }

  // Whom to ask about the learner whom `subject` asks for.
  size_t Find(const std::string& subject);
  // `tried` has failed with `status`: remembers whom to ask instead. Whether it makes sense to ask at once.
  bool FindAnother(const std::string& subject, size_t tried, const absl::Status& status);

 private:
  struct Replica {
    Replica(const rpc::Peer& peer, const std::string& service_token)
        : methods(rpc::NewMethodClient(peer, service_token)),
          stub(recommend::v1::RecommendService::NewStub(peer.channel)) {}

    const std::unique_ptr<rpc::MethodClient> methods;
    const std::unique_ptr<recommend::v1::RecommendService::Stub> stub;
  };
  using Known = absl::flat_hash_map<std::string, size_t>;

  std::vector<std::unique_ptr<Replica>> replicas_;
  std::mutex mutex_;
  Known known_ ABSL_GUARDED_BY(mutex_);
  Known older_ ABSL_GUARDED_BY(mutex_);  // the generation before; those who are found come over
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_CLIENTS_RECOMMEND_REPLICAS_H_
