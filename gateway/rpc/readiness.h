#ifndef EDIRAE_GATEWAY_RPC_READINESS_H_
#define EDIRAE_GATEWAY_RPC_READINESS_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/metrics/metrics.h"
#include "common/rpc/server.h"
#include "gateway/catalog/newest_catalog.h"
#include "grpcpp/channel.h"

namespace edirae::gateway {

// Tells the server's clients whether the gateway can serve them: a revision of the catalog is held, progress is ready,
// and a recommend has been ready once (without it homes are poorer, and the rest goes on). Asks the services' own
// health every half second, from a thread of its own. The references must outlive it.
class Readiness {
 public:
  Readiness(rpc::Server& server, const NewestCatalog& catalog, std::shared_ptr<grpc::Channel> progress,
            std::vector<std::shared_ptr<grpc::Channel>> recommend, Metrics& metrics);
  // Joins the thread; the server's readiness is not touched afterwards.
  ~Readiness();

 private:
  // A service that the gateway needs. Used by the thread only.
  struct Dependency {
    std::string name;
    std::vector<std::shared_ptr<grpc::Channel>> channels;  // one that is ready is enough
    prometheus::Gauge& gauge;
    int misses;  // looks in a row that found it not ready

    void Look();
    bool up() const;
  };

  static Dependency NewDependency(const std::string& name, std::vector<std::shared_ptr<grpc::Channel>> channels,
                                  Metrics& metrics);
  void Run();

  rpc::Server& server_;
  const NewestCatalog& catalog_;
  Dependency progress_;
  Dependency recommend_;
  bool recommend_seen_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_READINESS_H_
