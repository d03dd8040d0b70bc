#ifndef EDIRAE_GATEWAY_RPC_READINESS_H_
#define EDIRAE_GATEWAY_RPC_READINESS_H_

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/health/conditions.h"
#include "common/metrics/metrics.h"
#include "common/rpc/peer.h"
#include "common/rpc/server.h"
#include "gateway/catalog/newest_catalog.h"

namespace edirae::gateway {

// Tells the server's clients whether the gateway can serve them: a revision of the catalog is held and progress is
// ready. At the start it waits a while for a recommend, too; without one homes are poorer, and the rest goes on. Asks
// the services' own health every half second, from a thread of its own. The references must outlive it.
class Readiness {
 public:
  Readiness(rpc::Server& server, const NewestCatalog& catalog, const rpc::Peer& progress,
            const std::vector<rpc::Peer>& recommend, Metrics& metrics);
  // Joins the thread; the server's readiness is not touched afterwards.
  ~Readiness();

 private:
  // A service that the gateway needs. Used by the thread only.
  struct Dependency {
    std::string name;
    std::vector<rpc::Peer> peers;  // one that is ready is enough
    prometheus::Gauge& gauge;
    int misses;  // looks in a row that found it not ready

    void Look();
    bool up() const;
  };

  static Dependency NewDependency(const std::string& name, std::vector<rpc::Peer> peers, Metrics& metrics);
  void Run();
  void Look();

  const NewestCatalog& catalog_;
  Dependency progress_;
  Dependency recommend_;
  prometheus::Gauge& catalog_held_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool recommend_seen_ = false;  // or waited for long enough
  bool start_was_told_ = false;  // when it took too long
  health::Conditions conditions_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_READINESS_H_
