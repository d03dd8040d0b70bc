#include "services/progress/service.h"

#include <utility>

#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/progress/adapters/postgres_event_store.h"
#include "services/progress/adapters/sqlite_event_store.h"
#include "services/progress/limits.h"
#include "services/progress/rpc/criteria_methods.h"
#include "services/progress/rpc/history_methods.h"
#include "services/progress/rpc/mentor_methods.h"
#include "services/progress/rpc/methods.h"
#include "services/progress/rpc/time_travel_methods.h"
#include "services/progress/rpc/wire.h"

namespace edirae::progress {
namespace {

// What it needs to be ready.
constexpr char kCatalog[] = "catalog";
constexpr char kStore[] = "store";

absl::StatusOr<std::unique_ptr<EventStore>> OpenStore(const ProgressSettings& settings) {
  EDIRAE_RETURN_IF_ERROR(settings.Check());
  if (settings.store.empty()) return SqliteEventStore::Open(settings.data);
  return PostgresEventStore::Open(settings.store);
}

}  // namespace

ProgressService::ProgressService(const ProgressSettings& settings, Metrics& metrics, const Clock& clock)
    : metrics_(metrics),
      clock_(clock),
      authenticator_(settings.service_token),
      methods_(kErrorDomain, metrics),
      mux_(methods_, authenticator_),
      conditions_({kCatalog, kStore}, [this](bool ready) { server_->SetReady(ready); }) {}

ProgressService::~ProgressService() { Stop(); }

absl::StatusOr<std::unique_ptr<ProgressService>> ProgressService::Start(
    const ProgressSettings& settings, Metrics& metrics, const Clock& clock,
    const std::shared_ptr<grpc::Channel>& catalog_channel) {
  EDIRAE_RETURN_IF_ERROR(config::IsSecret(settings.service_token));
  std::unique_ptr<ProgressService> progress(new ProgressService(settings, metrics, clock));
  EDIRAE_RETURN_IF_ERROR(progress->Open(settings, catalog_channel));
  return progress;
}

absl::Status ProgressService::Open(const ProgressSettings& settings,
                                   const std::shared_ptr<grpc::Channel>& catalog_channel) {
  EDIRAE_ASSIGN_OR_RETURN(store_, OpenStore(settings));
  RelayOptions relay;
  relay.nats_url = settings.nats_url;
  relay.publisher.manage_stream = settings.manage_streams;
  relay.stream.max_bytes = int64_t{settings.stream_max_mib} << 20;
  relay.stream.max_age = absl::Hours(24) * settings.stream_max_days;
  EDIRAE_ASSIGN_OR_RETURN(relay_, OutboxRelay::Start(relay, *store_, clock_, metrics_));
  ledger_ = std::make_unique<StoreLedger>(*store_, content_, clock_, metrics_,
                                          static_cast<size_t>(settings.cached_learners), [this] { relay_->Wake(); });
  history_ = std::make_unique<StoreHistory>(*store_, *ledger_, clock_, metrics_, [this] { relay_->NoteErasure(); });
  const auto forget = [this](const std::string& learner_id, int64_t last_seq, absl::Time inactive_since) {
    return history_->ForgetInactive(learner_id, last_seq, inactive_since);
  };
  retention_.emplace(*store_, clock_, absl::Hours(24) * settings.erase_inactive_days, forget, metrics_);
  if (settings.erase_inactive_days > 0) retention_->Start(limits::kRetentionFirst);
  past_ = std::make_unique<StoreTimeTravel>(*store_, content_);
  trials_ = std::make_unique<StoreCriteriaTrials>(*store_, content_, clock_);
  AddMethods(*ledger_, methods_);
  AddMentorMethods(*ledger_, ledger_->queue(), methods_);
  AddHistoryMethods(*ledger_, *history_, methods_);
  AddTimeTravelMethods(*past_, methods_);
  AddCriteriaMethods(*trials_, methods_);
  rpc_ = std::make_unique<ProgressRpc>(methods_, authenticator_, *ledger_, clock_);
  mentor_rpc_ = std::make_unique<MentorRpc>(methods_, authenticator_);
  history_rpc_ = std::make_unique<HistoryRpc>(methods_, authenticator_);
  past_rpc_ = std::make_unique<TimeTravelRpc>(methods_, authenticator_);
  criteria_rpc_ = std::make_unique<CriteriaRpc>(methods_, authenticator_);
  EDIRAE_ASSIGN_OR_RETURN(
      server_, rpc::Server::Start(settings.server, {rpc_.get(), mentor_rpc_.get(), history_rpc_.get(), past_rpc_.get(),
                                                    criteria_rpc_.get(), &mux_}));
  store_watch_.emplace(health::StoreWatchOptions{
      .probe = [this] { return store_->Probe(); },
      .on_change = [this](const absl::Status& status) { conditions_.Set(kStore, status); },
      .up = &metrics_.Gauge("edirae_progress_store_up", "1 while the ledger takes events and can be read.")});
  feed_ = std::make_unique<CatalogFeed>(
      catalog_channel, settings.service_token, [this](const auto& revision) { TakeRevision(revision); },
      catalog_feed::DroppedFields{"lessons.explanation", "lessons.misconceptions"});
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
  conditions_.Set(kCatalog, absl::OkStatus());
}

void ProgressService::Stop() {
  if (feed_ == nullptr) return;
  feed_.reset();
  store_watch_.reset();
  server_->Drain([this] { mux_.Drain(); });
  trials_->Stop();
  past_->Stop();
  retention_.reset();
  history_->Stop();
  ledger_->Stop();
  relay_->Stop();
}

}  // namespace edirae::progress
