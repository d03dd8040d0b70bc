#ifndef EDIRAE_GATEWAY_RPC_HOME_WATCHES_H_
#define EDIRAE_GATEWAY_RPC_HOME_WATCHES_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/auth/token_authenticator.h"
#include "gateway/catalog/newest_catalog.h"
#include "gateway/clients/progress_client.h"
#include "gateway/clients/recommend_client.h"
#include "gateway/rpc/admission.h"
#include "gateway/rpc/home_stream.h"
#include "grpcpp/server_context.h"

namespace edirae::gateway {

// All streams of `WatchHome`: opens them for whoever may, and ends them when the server stops. Thread-safe; the
// references must outlive it.
class HomeWatches {
 public:
  using Reactor = grpc::ServerWriteReactor<grpc::ByteBuffer>;

  HomeWatches(const NewestCatalog& catalog, ProgressClient& progress, RecommendClient& recommend,
              const TokenAuthenticator& authenticator, WatchTimes times, Metrics& metrics);
  // Waits until gRPC has let go of every stream: end the server before.
  ~HomeWatches();

  // The reactor of a new stream; one that only fails when there can be none.
  Reactor* Open(const grpc::CallbackServerContext& context, const grpc::ByteBuffer& request);

  // Ends every stream with UNAVAILABLE and refuses new ones.
  void Stop();

  // Streams that gRPC has not let go of.
  size_t open();

 private:
  absl::StatusOr<std::shared_ptr<HomeStream>> Start(const grpc::CallbackServerContext& context,
                                                    absl::string_view bytes);
  absl::StatusOr<std::shared_ptr<HomeStream>> Register(Admission::Slot slot, absl::Time token_expiry,
                                                       const std::string& resume_token);
  void Forget(HomeStream* stream);

  const NewestCatalog& catalog_;
  ProgressClient& progress_;
  RecommendClient& recommend_;
  const TokenAuthenticator& authenticator_;
  const WatchTimes times_;
  prometheus::Gauge& open_;
  Admission admission_;

  std::mutex mutex_;
  std::condition_variable gone_;
  absl::flat_hash_set<std::shared_ptr<HomeStream>> streams_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_HOME_WATCHES_H_
