#ifndef EDIRAE_SERVICES_PROGRESS_SERVICE_H_
#define EDIRAE_SERVICES_PROGRESS_SERVICE_H_

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "common/catalog_feed/catalog_feed.h"
#include "common/clock/clock.h"
#include "common/health/conditions.h"
#include "common/health/store_watch.h"
#include "common/metrics/metrics.h"
#include "common/progress_rpc/criteria_rpc.h"
#include "common/progress_rpc/history_rpc.h"
#include "common/progress_rpc/mentor_rpc.h"
#include "common/progress_rpc/time_travel_rpc.h"
#include "common/rpc/authenticator.h"
#include "common/rpc/method_table.h"
#include "common/rpc/mux_server.h"
#include "common/rpc/peer.h"
#include "common/rpc/server.h"
#include "services/progress/adapters/criteria_trials.h"
#include "services/progress/adapters/current_content.h"
#include "services/progress/adapters/outbox_relay.h"
#include "services/progress/adapters/retention.h"
#include "services/progress/adapters/store_history.h"
#include "services/progress/adapters/store_ledger.h"
#include "services/progress/adapters/store_time_travel.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/rpc/progress_rpc.h"
#include "services/progress/settings.h"

namespace edirae::progress {

// The whole of progress as one object, for its own program and for `edirae serve`.
class ProgressService {
 public:
  // Opens the ledger and serves it; ready while it holds a catalog revision and the ledger takes events. NATS may be
  // down. `metrics` and
  // `clock` must outlive the service. FAILED_PRECONDITION when another process writes to the data folder,
  // INVALID_ARGUMENT for a setting that cannot be, UNAVAILABLE when it cannot listen.
  static absl::StatusOr<std::unique_ptr<ProgressService>> Start(const ProgressSettings& settings, Metrics& metrics,
                                                                const Clock& clock,
                                                                const std::shared_ptr<grpc::Channel>& catalog_channel);
  ~ProgressService();  // Stop()

  rpc::Server& server() { return *server_; }
  // For other services in this process. Whoever has it must be gone before this one stops.
  rpc::Peer LocalPeer() { return {.channel = server_->InProcessChannel(), .methods = &methods_}; }

  // Drains the server, records what waits, then ends the relay. Idempotent. Blocks.
  void Stop();

 private:
  ProgressService(const ProgressSettings& settings, Metrics& metrics, const Clock& clock);
  absl::Status Open(const ProgressSettings& settings, const std::shared_ptr<grpc::Channel>& catalog_channel);
  void TakeRevision(const std::shared_ptr<const CatalogRevision>& revision);

  Metrics& metrics_;
  const Clock& clock_;

  // In the order in which one needs the other; taken apart the other way round.
  CurrentContent content_;
  std::unique_ptr<EventStore> store_;
  std::unique_ptr<OutboxRelay> relay_;
  std::unique_ptr<StoreLedger> ledger_;
  std::unique_ptr<StoreHistory> history_;
  std::optional<Retention> retention_;  // stands still unless learners are erased by age
  std::unique_ptr<StoreTimeTravel> past_;
  std::unique_ptr<StoreCriteriaTrials> trials_;
  rpc::ServiceAuthenticator authenticator_;
  rpc::MethodTable methods_;
  rpc::MuxServer mux_;
  std::unique_ptr<ProgressRpc> rpc_;
  std::unique_ptr<MentorRpc> mentor_rpc_;
  std::unique_ptr<HistoryRpc> history_rpc_;
  std::unique_ptr<TimeTravelRpc> past_rpc_;
  std::unique_ptr<CriteriaRpc> criteria_rpc_;
  std::unique_ptr<rpc::Server> server_;
  health::Conditions conditions_;
  std::optional<health::StoreWatch> store_watch_;
  std::unique_ptr<CatalogFeed> feed_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_SERVICE_H_
