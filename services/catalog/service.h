#ifndef EDIRAE_SERVICES_CATALOG_SERVICE_H_
#define EDIRAE_SERVICES_CATALOG_SERVICE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/rpc/authenticator.h"
#include "common/rpc/method_table.h"
#include "common/rpc/mux_server.h"
#include "common/rpc/server.h"
#include "services/catalog/rpc/catalog_rpc.h"
#include "services/catalog/rpc/revision_rpc.h"
#include "services/catalog/rpc/revisions.h"
#include "services/catalog/settings.h"

namespace edirae::catalog {

// The whole catalog as one object, for its own program and for `edirae serve`.
class CatalogService {
 public:
  // Loads the content, publishes it as revision 1 and serves it, ready at once. `metrics` and `clock` must outlive the
  // service. INVALID_ARGUMENT for a token that is too short and for bad content, with every finding as
  // `file:line:column: problem; remedy`; UNAVAILABLE when it cannot listen.
  static absl::StatusOr<std::unique_ptr<CatalogService>> Start(const CatalogSettings& settings, Metrics& metrics,
                                                               const Clock& clock);

  rpc::Server& server() { return *server_; }
  // Where further revisions are published.
  Revisions& revisions() { return revisions_; }

  // Drains the server and ends the watches. Blocks; once. Whoever calls over an in-process channel must have stopped
  // before: gRPC 1.51 crashes when a call is made on one whose server has shut down.
  void Stop();

 private:
  CatalogService(const CatalogSettings& settings, Metrics& metrics);

  // In the order in which one needs the other; taken apart the other way round.
  Revisions revisions_;
  rpc::ServiceAuthenticator authenticator_;
  rpc::MethodTable methods_;
  CatalogRpc catalog_rpc_;
  RevisionRpc revision_rpc_;
  rpc::MuxServer mux_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_SERVICE_H_
