#include "gateway/clients/recommend_replicas.h"

#include <optional>
#include <utility>

#include "absl/hash/hash.h"
#include "common/recommend_rpc/errors.h"
#include "common/status/error.h"
#include "gateway/limits.h"

namespace edirae::gateway {

RecommendReplicas::RecommendReplicas(const std::vector<rpc::Peer>& peers, const std::string& service_token) {
  for (const rpc::Peer& peer : peers) replicas_.push_back(std::make_unique<Replica>(peer, service_token));
}

size_t RecommendReplicas::Find(const std::string& subject) {
  if (replicas_.size() == 1) return 0;
  const std::lock_guard lock(mutex_);
  if (const auto found = known_.find(subject); found != known_.end()) return found->second;
  if (const auto found = older_.find(subject); found != older_.end()) return known_[subject] = found->second;
  return absl::Hash<std::string>{}(subject) % replicas_.size();
}

bool RecommendReplicas::FindAnother(const std::string& subject, size_t tried, const absl::Status& status) {
  if (replicas_.size() == 1 || status.code() != absl::StatusCode::kUnavailable) return false;
  const errors::v1::ErrorInfo why = ErrorInfoOf(status);
  size_t next = (tried + 1) % replicas_.size();
  if (why.reason() == kOtherReplica) {
    const std::optional<size_t> owner = OwnerOf(why);
    if (!owner.has_value()) return false;  // it changes hands: nobody would answer
    next = *owner;
    if (next >= replicas_.size() || next == tried) return false;
  } else if (!why.reason().empty() && why.domain() == "recommend.edirae") {
    return false;  // the right one has answered
  }
  const std::lock_guard lock(mutex_);
  if (known_.size() >= limits::kKnownReplicasGeneration) older_ = std::exchange(known_, Known());
  known_[subject] = next;
  return true;
}

}  // namespace edirae::gateway
