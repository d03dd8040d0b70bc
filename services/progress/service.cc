#include "services/progress/service.h"

#include <utility>

#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/progress/rpc/history_methods.h"
#include "services/progress/rpc/methods.h"
#include "services/progress/rpc/wire.h"

namespace edirae::progress {

ProgressService::ProgressService(const ProgressSettings& settings, Metrics& metrics, const Clock& clock)
    : metrics_(metrics),
      clock_(clock),
      authenticator_(settings.service_token),
      methods_(kErrorDomain, metrics),
      mux_(methods_, authenticator_) {}

ProgressService::~ProgressService() { Stop(); }

absl::StatusOr<std::unique_ptr<ProgressService>> ProgressService::Start(
    const ProgressSettings& settings, Metrics& metrics, const Clock& clock,
    std::shared_ptr<grpc::Channel> catalog_channel) {
  EDIRAE_RETURN_IF_ERROR(config::IsSecret(settings.service_token));
  std::unique_ptr<ProgressService> progress(new ProgressService(settings, metrics, clock));
  EDIRAE_RETURN_IF_ERROR(progress->Open(settings, std::move(catalog_channel)));
  return progress;
}

absl::Status ProgressService::Open(const ProgressSettings& settings, std::shared_ptr<grpc::Channel> catalog_channel) {
  EDIRAE_ASSIGN_OR_RETURN(store_, SqliteEventStore::Open(settings.data));
  RelayOptions relay;
  relay.nats_url = settings.nats_url;
  relay.manage_stream = settings.manage_streams;
  relay.stream_max_bytes = int64_t{settings.stream_max_mib} << 20;
  EDIRAE_ASSIGN_OR_RETURN(relay_, OutboxRelay::Start(std::move(relay), *store_, clock_, metrics_));
  ledger_ = std::make_unique<StoreLedger>(*store_, content_, clock_, metrics_,
                                          static_cast<size_t>(settings.cached_learners), [this] { relay_->Wake(); });
  history_ = std::make_unique<StoreHistory>(*store_, *ledger_, clock_, metrics_, [this] { relay_->NoteErasure(); });
  AddMethods(*ledger_, methods_);
  AddHistoryMethods(*ledger_, *history_, methods_);
  rpc_ = std::make_unique<ProgressRpc>(methods_, authenticator_, *ledger_, clock_);
  history_rpc_ = std::make_unique<HistoryRpc>(methods_, authenticator_);
  EDIRAE_ASSIGN_OR_RETURN(server_, rpc::Server::Start(settings.server, {rpc_.get(), history_rpc_.get(), &mux_}));
  feed_ = std::make_unique<CatalogFeed>(
      std::move(catalog_channel), settings.service_token, [this](const auto& revision) { TakeRevision(revision); },
      catalog_feed::DroppedFields{"lessons"});
  return absl::OkStatus();
}

void ProgressService::TakeRevision(const std::shared_ptr<const CatalogRevision>& revision) {
  auto index = ContentIndex::Build({revision, &revision->content}, revision->number);
  if (!index.ok()) {  // the one before, if there is one, stays in force
    log::Error("refused a catalog revision", {{"revision", revision->number}, {"error", index.status()}});
    return;
  }
  content_.Set(*std::move(index));
  log::Info("took a catalog revision", {{"revision", revision->number}});
  server_->SetReady(true);
}

void ProgressService::Stop() {
  if (feed_ == nullptr) return;
  feed_.reset();  // or it would say ready again
  server_->Drain([this] { mux_.Drain(); });
  history_->Stop();
  ledger_->Stop();
  relay_->Stop();
}

}  // namespace edirae::progress
