#ifndef EDIRAE_SERVICES_CATALOG_RPC_REVISION_RPC_H_
#define EDIRAE_SERVICES_CATALOG_RPC_REVISION_RPC_H_

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"
#include "common/rpc/authenticator.h"
#include "edirae/catalog/v1/revision_service.grpc.pb.h"
#include "grpcpp/support/server_callback.h"
#include "services/catalog/limits.h"
#include "services/catalog/rpc/revisions.h"

namespace edirae::catalog {

// What tests make smaller.
struct WatchLimits {
  absl::Duration heartbeat = limits::kHeartbeat;
  size_t watchers = limits::kMaxWatchers;
};

// RevisionService. A watcher that reads slowly holds up nobody and nothing grows for it: when it has taken one revision
// whole, it is sent the newest there is then. Thread-safe. The references must outlive it, and it the server.
class RevisionRpc final
    : public v1::RevisionService::WithRawCallbackMethod_WatchRevisions<v1::RevisionService::Service> {
 public:
  RevisionRpc(Revisions& revisions, const rpc::Authenticator& authenticator, Metrics& metrics,
              WatchLimits watch_limits = {});
  ~RevisionRpc() override;

  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchRevisions(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request) override;

  // Ends every watch with UNAVAILABLE and refuses new ones. Does not wait.
  void Stop();

 private:
  class Watch;

  // What a caller holds already, when it may watch.
  absl::StatusOr<v1::WatchRevisionsRequest> Admit(const grpc::CallbackServerContext& context,
                                                  const grpc::ByteBuffer& request) const;
  // RESOURCE_EXHAUSTED or UNAVAILABLE when there is no place for it.
  absl::Status Enter(const std::shared_ptr<Watch>& watch);
  void Leave(Watch* watch);
  std::vector<std::shared_ptr<Watch>> Watches();

  Revisions& revisions_;
  const rpc::Authenticator& authenticator_;
  const WatchLimits limits_;
  prometheus::Gauge& watchers_;
  std::mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_map<Watch*, std::shared_ptr<Watch>> watches_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_REVISION_RPC_H_
