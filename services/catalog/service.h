#ifndef EDIRAE_SERVICES_CATALOG_SERVICE_H_
#define EDIRAE_SERVICES_CATALOG_SERVICE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/process/task_thread.h"
#include "common/rpc/authenticator.h"
#include "common/rpc/method_table.h"
#include "common/rpc/mux_server.h"
#include "common/rpc/peer.h"
#include "common/rpc/server.h"
#include "services/catalog/adapters/announcer.h"
#include "services/catalog/adapters/sqlite_revision_store.h"
#include "services/catalog/rpc/authoring_rpc.h"
#include "services/catalog/rpc/catalog_rpc.h"
#include "services/catalog/rpc/publisher.h"
#include "services/catalog/rpc/revision_rpc.h"
#include "services/catalog/rpc/revisions.h"
#include "services/catalog/settings.h"

namespace edirae::catalog {

// The whole catalog as one object, for its own program and for `edirae serve`.
class CatalogService {
 public:
  // Serves the newest stored revision, ready at once, then publishes the content of the settings when it differs.
  // Content that must not be published is logged and changes nothing, unless no revision is stored: then it is
  // INVALID_ARGUMENT, with every finding as `file:line:column: problem; remedy`. INVALID_ARGUMENT too for a token that
  // is too short, FAILED_PRECONDITION when there is nothing to serve or another process has the data folder, DATA_LOSS
  // when the newest revision is damaged, UNAVAILABLE when it cannot listen. `metrics` and `clock` must outlive the
  // service.
  static absl::StatusOr<std::unique_ptr<CatalogService>> Start(const CatalogSettings& settings, Metrics& metrics,
                                                               const Clock& clock);

  // What is being published is ended.
  ~CatalogService() { authoring_thread_.Stop(); }

  rpc::Server& server() { return *server_; }
  // For other services in this process. Whoever has it must be gone before this one stops.
  rpc::Peer LocalPeer() { return {.channel = server_->InProcessChannel(), .methods = &methods_}; }
  // Where further revisions are published.
  Publisher& publisher() { return publisher_; }

  // Drains the server and ends the watches. Blocks; once. Whoever calls over an in-process channel must have stopped
  // before: gRPC 1.51 crashes when a call is made on one whose server has shut down.
  void Stop();

 private:
  CatalogService(const CatalogSettings& settings, Metrics& metrics, const Clock& clock,
                 std::unique_ptr<SqliteRevisionStore> store);
  absl::Status Open(const CatalogSettings& settings);

  // In the order in which one needs the other; taken apart the other way round.
  const std::unique_ptr<SqliteRevisionStore> store_;
  Revisions revisions_;
  std::unique_ptr<Announcer> announcer_;
  Publisher publisher_;
  process::TaskThread authoring_thread_;
  rpc::ServiceAuthenticator authenticator_;
  rpc::MethodTable methods_;
  CatalogRpc catalog_rpc_;
  AuthoringRpc authoring_rpc_;
  RevisionRpc revision_rpc_;
  rpc::MuxServer mux_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_SERVICE_H_
