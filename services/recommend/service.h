#ifndef EDIRAE_SERVICES_RECOMMEND_SERVICE_H_
#define EDIRAE_SERVICES_RECOMMEND_SERVICE_H_

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "common/catalog_feed/catalog_feed.h"
#include "common/clock/clock.h"
#include "common/health/conditions.h"
#include "common/health/store_watch.h"
#include "common/metrics/metrics.h"
#include "common/nats/connection.h"
#include "common/recommend_rpc/track_rpc.h"
#include "common/rpc/authenticator.h"
#include "common/rpc/method_table.h"
#include "common/rpc/mux_server.h"
#include "common/rpc/peer.h"
#include "common/rpc/server.h"
#include "grpcpp/channel.h"
#include "services/recommend/adapters/checkpointer.h"
#include "services/recommend/adapters/event_applier.h"
#include "services/recommend/adapters/event_consumer.h"
#include "services/recommend/adapters/gap_healer.h"
#include "services/recommend/adapters/grpc_history_reader.h"
#include "services/recommend/adapters/learner_names.h"
#include "services/recommend/adapters/live_states.h"
#include "services/recommend/adapters/offer_log.h"
#include "services/recommend/adapters/owned_partitions.h"
#include "services/recommend/adapters/partition_keeper.h"
#include "services/recommend/adapters/read_progress.h"
#include "services/recommend/rpc/advisor.h"
#include "services/recommend/rpc/recommend_endpoint.h"
#include "services/recommend/rpc/watch_hub.h"
#include "services/recommend/settings.h"

namespace edirae::recommend {

// The whole recommend service. Ready while it holds a catalog revision and its checkpoints can be written; NATS may be
// away at any time, also at the start: answers are then as old as the last event that came, and say so with
// `as_of_seq`.
class RecommendService {
 public:
  // INVALID_ARGUMENT for settings that do not go together; FAILED_PRECONDITION when another process or service has the
  // data folder; DATA_LOSS when the checkpoints are damaged (drop the folder then); NOT_FOUND or INVALID_ARGUMENT when
  // the weights file is not there or is none; UNAVAILABLE when the address is taken. `metrics` and `clock` must outlive
  // the service.
  static absl::StatusOr<std::unique_ptr<RecommendService>> Start(const RecommendSettings& settings, Metrics& metrics,
                                                                 const Clock& clock,
                                                                 const std::shared_ptr<grpc::Channel>& catalog,
                                                                 const std::shared_ptr<grpc::Channel>& progress);
  ~RecommendService();  // Stop()

  rpc::Server& server() { return *server_; }
  // For other services in this process. Whoever has it must be gone before this one stops.
  rpc::Peer LocalPeer() { return {.channel = server_->InProcessChannel(), .methods = &methods_}; }

  // Ends the watches, drains the server, saves what was applied and how far that is, and joins every thread.
  // Idempotent; blocks.
  void Stop();

 private:
  struct Storage {
    std::unique_ptr<CheckpointStore> store;
    std::unique_ptr<PartitionTable> table;  // may refer to the store
  };
  RecommendService(const RecommendSettings& settings, Models models, Metrics& metrics, const Clock& clock,
                   Storage storage, std::unique_ptr<GrpcHistoryReader> history);
  static absl::StatusOr<Storage> OpenStorage(const RecommendSettings& settings, const std::string& fold);
  absl::Status Open(const RecommendSettings& settings, int ordinal, Metrics& metrics, const Clock& clock,
                    const std::shared_ptr<grpc::Channel>& catalog);
  void LetGo(const PartitionSet& partitions);
  void TakeRevision(const CatalogRevision& revision);
  void ShowState(const std::string& pseudonym, bool erased);

  const Models models_;
  const rpc::ServiceAuthenticator authenticator_;
  OfferLog offers_;
  Advisor advisor_;
  WatchHub hub_;
  const std::unique_ptr<CheckpointStore> store_;
  const std::unique_ptr<PartitionTable> table_;
  OwnedPartitions owned_;
  const std::shared_ptr<ReadProgress> progress_ = std::make_shared<ReadProgress>();
  const std::unique_ptr<GrpcHistoryReader> history_;
  GapHealer healer_;
  LiveStates states_;  // by pseudonym
  LearnerNames names_;
  std::optional<PartitionKeeper> keeper_;
  Checkpointer checkpointer_;
  EventApplier applier_;
  rpc::MethodTable methods_;
  RecommendEndpoint endpoint_;
  TrackRpc track_endpoint_;
  rpc::MuxServer mux_;
  prometheus::Gauge& connected_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<nats::Connection> connection_;
  std::unique_ptr<EventConsumer> consumer_;
  health::Conditions conditions_;
  std::optional<health::StoreWatch> store_watch_;
  std::optional<CatalogFeed> feed_;
  bool drained_ = false;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_SERVICE_H_
