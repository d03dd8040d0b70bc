#ifndef EDIRAE_CLI_SERVE_PLATFORM_H_
#define EDIRAE_CLI_SERVE_PLATFORM_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "cli/serve/serve_settings.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/process/supervised_nats_server.h"
#include "common/sql/folder_lock.h"
#include "gateway/service.h"
#include "services/catalog/service.h"
#include "services/progress/service.h"
#include "services/recommend/service.h"

namespace edirae::cli {

// The whole platform in this process: four services on in-process channels, SQLite files, and a `nats-server` child
// that is restarted when it dies. Only the gateway listens on the network. Destruction stops it.
class Platform {
 public:
  // Starts everything and waits until the gateway is ready. Errors say which part could not start and why.
  static absl::StatusOr<std::unique_ptr<Platform>> Start(const ServeSettings& settings);
  ~Platform();

  // Stops in the order in which calls flow, so that nothing that was accepted is lost. Idempotent.
  void Stop();

  const std::string& address() const { return gateway_->server().address(); }
  const std::string& token_secret() const { return token_secret_; }
  const std::string& nats_url() const { return nats_->url(); }

  // The catalog's own channel and the credential for it: the demo's answer sheet comes from there.
  std::shared_ptr<grpc::Channel> catalog_channel() { return catalog_->server().InProcessChannel(); }
  const std::string& service_token() const { return service_token_; }

 private:
  Platform(sql::FolderLock lock, std::string token_secret);
  absl::Status StartParts(const ServeSettings& settings);
  absl::Status WaitUntilReady();

  const sql::FolderLock lock_;  // of the data folder
  const std::string token_secret_;
  const std::string service_token_;
  const SystemClock clock_;
  Metrics metrics_;
  std::unique_ptr<process::SupervisedNatsServer> nats_;
  std::unique_ptr<catalog::CatalogService> catalog_;
  std::unique_ptr<progress::ProgressService> progress_;
  std::unique_ptr<recommend::RecommendService> recommend_;
  std::unique_ptr<gateway::GatewayService> gateway_;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_SERVE_PLATFORM_H_
