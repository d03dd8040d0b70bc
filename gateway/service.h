#ifndef EDIRAE_GATEWAY_SERVICE_H_
#define EDIRAE_GATEWAY_SERVICE_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/catalog_feed/catalog_feed.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/progress_rpc/criteria_rpc.h"
#include "common/progress_rpc/history_rpc.h"
#include "common/progress_rpc/mentor_rpc.h"
#include "common/progress_rpc/time_travel_rpc.h"
#include "common/recommend_rpc/track_rpc.h"
#include "common/rpc/method_table.h"
#include "common/rpc/peer.h"
#include "common/rpc/server.h"
#include "gateway/aggregate/home_reader.h"
#include "gateway/auth/token_authenticator.h"
#include "gateway/catalog/newest_catalog.h"
#include "gateway/clients/progress_client.h"
#include "gateway/clients/recommend_client.h"
#include "gateway/rpc/admission.h"
#include "gateway/rpc/authoring_service.h"
#include "gateway/rpc/criteria_methods.h"
#include "gateway/rpc/history_methods.h"
#include "gateway/rpc/home_watches.h"
#include "gateway/rpc/learn_service.h"
#include "gateway/rpc/mentor_methods.h"
#include "gateway/rpc/readiness.h"
#include "gateway/rpc/track_methods.h"
#include "gateway/settings.h"

namespace edirae::gateway {

// The services behind the gateway.
struct GatewayPeers {
  rpc::Peer catalog;
  rpc::Peer progress;
  std::vector<rpc::Peer> recommend;  // its replicas, by ordinal; at least one
};

// The whole gateway as one object, for its own program and for `edirae serve`.
class GatewayService {
 public:
  // Starts serving; ready once the services behind it are. Addresses in `settings` are not looked at. `metrics` and
  // `clock` must outlive the service. INVALID_ARGUMENT for a secret that is too short, UNAVAILABLE when it cannot
  // listen.
  static absl::StatusOr<std::unique_ptr<GatewayService>> Start(const GatewaySettings& settings, Metrics& metrics,
                                                               const Clock& clock, GatewayPeers peers,
                                                               WatchTimes watch_times = {});
  ~GatewayService();

  rpc::Server& server() { return *server_; }

  // Drains the server, and lets go of the services behind it. Blocks; once.
  void Stop();

 private:
  GatewayService(const GatewaySettings& settings, Metrics& metrics, const Clock& clock, GatewayPeers peers,
                 WatchTimes watch_times);

  // In the order in which one needs the other; taken apart the other way round.
  const GatewayPeers peers_;
  NewestCatalog catalog_;
  const std::unique_ptr<rpc::MethodClient> catalog_methods_;
  const std::unique_ptr<rpc::MethodClient> progress_methods_;
  ServiceProgressClient progress_;
  GrpcRecommendClient recommend_;
  HomeReader homes_;
  Admission calls_;
  rpc::MethodTable methods_;
  TokenAuthenticator authenticator_;
  HomeWatches watches_;
  LearnService learn_service_;
  AuthoringService authoring_service_;
  progress::MentorRpc mentor_service_;
  progress::HistoryRpc history_service_;
  progress::TimeTravelRpc time_travel_service_;
  progress::CriteriaRpc criteria_service_;
  recommend::TrackRpc track_service_;
  std::unique_ptr<rpc::Server> server_;
  std::optional<Readiness> readiness_;
  std::optional<CatalogFeed> catalog_feed_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_SERVICE_H_
