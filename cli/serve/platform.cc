#include "cli/serve/platform.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/serve/data_folder.h"
#include "cli/serve/free_address.h"
#include "cli/serve/random_secret.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/status/macros.h"

namespace edirae::cli {
namespace {

constexpr absl::Duration kStartPatience = absl::Seconds(30);

absl::Status Part(absl::string_view name, const absl::Status& status) {
  return {status.code(), absl::StrCat(name, " did not start: ", status.message())};
}

absl::StatusOr<std::unique_ptr<process::SupervisedNatsServer>> StartNats(const ServeSettings& settings,
                                                                         Metrics& metrics) {
  prometheus::Gauge& running = metrics.Gauge("edirae_serve_nats_server_up", "1 while the nats-server child runs.");
  prometheus::Counter& deaths =
      metrics.Counter("edirae_serve_nats_server_deaths_total", "Times that the nats-server child has died.");
  auto server = process::SupervisedNatsServer::Start({
      .server = {.folder = settings.data + "/nats", .port = settings.events_port},
      .on_death =
          [&running, &deaths](const process::ExitStatus& how) {
            running.Set(0);
            deaths.Increment();
            log::Warn("nats-server died and is started again", {{"how", how.ToString()}});
          },
      .on_restart =
          [&running](const absl::Status& started) {
            running.Set(started.ok() ? 1 : 0);
            if (started.ok()) return log::Warn("nats-server runs again");
            log::Error("nats-server does not start; trying again after a pause", {{"error", started}});
          },
  });
  if (server.ok()) running.Set(1);
  return server;
}

// Says which flag names what another program has already.
absl::Status OfFlag(absl::string_view flag, const absl::Status& status) {
  if (status.ok()) return status;
  return {status.code(), absl::StrCat(flag, ": ", status.message(), "; is another `edirae serve` running?")};
}

template <class Service>
void StopAndDestroy(std::unique_ptr<Service>& service) {
  if (service != nullptr) service->Stop();
  service.reset();
}

}  // namespace

Platform::Platform(sql::FolderLock lock, std::string token_secret)
    : lock_(std::move(lock)), token_secret_(std::move(token_secret)), service_token_(RandomSecret()) {}

absl::StatusOr<std::unique_ptr<Platform>> Platform::Start(const ServeSettings& settings) {
  absl::StatusOr<sql::FolderLock> lock = sql::FolderLock::Acquire(settings.data);
  EDIRAE_RETURN_IF_ERROR(OfFlag("--data", lock.status()));
  EDIRAE_RETURN_IF_ERROR(OfFlag("--listen", CheckAddressIsFree(settings.listen)));
  if (!settings.metrics_listen.empty()) {
    EDIRAE_RETURN_IF_ERROR(OfFlag("--metrics-listen", CheckAddressIsFree(settings.metrics_listen)));
  }
  std::string secret = settings.token_secret;
  if (secret.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(secret, TokenSecretOf(settings.data));
  }
  auto platform = std::unique_ptr<Platform>(new Platform(*std::move(lock), std::move(secret)));
  EDIRAE_RETURN_IF_ERROR(platform->StartParts(settings));
  EDIRAE_RETURN_IF_ERROR(platform->WaitUntilReady());
  return platform;
}

absl::Status Platform::StartParts(const ServeSettings& settings) {
  if (!settings.metrics_listen.empty()) EDIRAE_RETURN_IF_ERROR(metrics_.Serve(settings.metrics_listen));

  auto nats = StartNats(settings, metrics_);
  if (!nats.ok()) return Part("nats-server", nats.status());
  nats_ = *std::move(nats);

  catalog::CatalogSettings catalog;
  catalog.data = settings.data + "/catalog";
  catalog.nats_url = nats_->url();
  catalog.content = settings.content;
  catalog.server.drain_delay = settings.drain_delay;
  catalog.service_token = service_token_;
  auto catalog_service = catalog::CatalogService::Start(catalog, metrics_, clock_);
  if (!catalog_service.ok()) return Part("catalog", catalog_service.status());
  catalog_ = *std::move(catalog_service);

  progress::ProgressSettings progress;
  progress.data = settings.data + "/progress";
  progress.server.drain_delay = settings.drain_delay;
  progress.nats_url = nats_->url();
  progress.service_token = service_token_;
  progress.erase_inactive_days = settings.erase_inactive_days;
  auto progress_service =
      progress::ProgressService::Start(progress, metrics_, clock_, catalog_->server().InProcessChannel());
  if (!progress_service.ok()) return Part("progress", progress_service.status());
  progress_ = *std::move(progress_service);

  recommend::RecommendSettings recommend;
  recommend.data = settings.data + "/recommend";
  recommend.weights = settings.weights;
  recommend.server.drain_delay = settings.drain_delay;
  recommend.nats_url = nats_->url();
  recommend.service_token = service_token_;
  auto recommend_service = recommend::RecommendService::Start(
      recommend, metrics_, clock_, catalog_->server().InProcessChannel(), progress_->server().InProcessChannel());
  if (!recommend_service.ok()) return Part("recommend", recommend_service.status());
  recommend_ = *std::move(recommend_service);

  gateway::GatewaySettings gateway;
  gateway.server.listen = settings.listen;
  gateway.token_secret = token_secret_;
  gateway.service_token = service_token_;
  gateway.server.reflection = settings.reflection;
  gateway.server.drain_delay = settings.drain_delay;
  auto gateway_service = gateway::GatewayService::Start(
      gateway, metrics_, clock_,
      {.catalog = catalog_->LocalPeer(), .progress = progress_->LocalPeer(), .recommend = {recommend_->LocalPeer()}});
  if (!gateway_service.ok()) return Part("gateway", gateway_service.status());
  gateway_ = *std::move(gateway_service);
  return absl::OkStatus();
}

absl::Status Platform::WaitUntilReady() {
  if (rpc::WaitUntilReady(address(), kStartPatience)) return absl::OkStatus();
  return absl::DeadlineExceededError("the services did not become ready within 30 s");
}

void Platform::Stop() {
  // gRPC 1.51 crashes when a call is made on the in-process channel of a server that has shut down: whoever calls a
  // service is gone, connections and all, before that service stops.
  StopAndDestroy(gateway_);
  StopAndDestroy(recommend_);
  StopAndDestroy(progress_);
  StopAndDestroy(catalog_);
  if (nats_ != nullptr) nats_->Stop();
  nats_.reset();
}

Platform::~Platform() { Stop(); }

}  // namespace edirae::cli
