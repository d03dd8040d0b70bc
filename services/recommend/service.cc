#include "services/recommend/service.h"

#include <unistd.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/recommend/adapters/model_files.h"
#include "services/recommend/adapters/postgres_checkpoint_store.h"
#include "services/recommend/adapters/postgres_partition_table.h"
#include "services/recommend/adapters/sqlite_checkpoint_store.h"
#include "services/recommend/adapters/sqlite_partition_table.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/errors.h"
#include "services/recommend/feed_fields.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

// What it needs to be ready.
constexpr char kCatalog[] = "catalog";
constexpr char kStore[] = "store";

std::string HostName() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "";
}

}  // namespace

absl::StatusOr<std::unique_ptr<RecommendService>> RecommendService::Start(
    const RecommendSettings& settings, Metrics& metrics, const Clock& clock,
    const std::shared_ptr<grpc::Channel>& catalog, const std::shared_ptr<grpc::Channel>& progress) {
  EDIRAE_ASSIGN_OR_RETURN(Models models, LoadModels(settings.weights));
  EDIRAE_RETURN_IF_ERROR(settings.Check());
  EDIRAE_ASSIGN_OR_RETURN(const int ordinal, settings.OrdinalOn(HostName()));
  const std::string fold = FoldNameOf(models);
  log::Info("loaded the mastery model; states that another one made are folded again",
            {{"weights", settings.weights.empty() ? "prior" : settings.weights},
             {"items", models.weights.registry.items().size()},
             {"fold", fold}});
  EDIRAE_ASSIGN_OR_RETURN(Storage storage, OpenStorage(settings, fold));
  auto history = std::make_unique<GrpcHistoryReader>(progress, settings.service_token);
  std::unique_ptr<RecommendService> service(
      new RecommendService(settings, std::move(models), metrics, clock, std::move(storage), std::move(history)));
  EDIRAE_RETURN_IF_ERROR(service->Open(settings, ordinal, metrics, clock, catalog));
  return service;
}

RecommendService::RecommendService(const RecommendSettings& settings, Models models, Metrics& metrics,
                                   const Clock& clock, Storage storage, std::unique_ptr<GrpcHistoryReader> history)
    : models_(std::move(models)),
      authenticator_(settings.service_token),
      offers_(metrics),
      advisor_(models_, clock, offers_),
      hub_(metrics),
      store_(std::move(storage.store)),
      table_(std::move(storage.table)),
      history_(std::move(history)),
      healer_(*history_, clock, metrics),
      states_(
          *store_, limits::kMaxLiveLearners, metrics,
          [this](const std::string& pseudonym) { healer_.CatchUp(pseudonym); }, owned_),
      names_(*history_, states_, clock, limits::kMaxKnownLearners,
             [this](const std::string& learner_id) { return hub_.IsWatched(learner_id); }),
      checkpointer_(*store_, states_, metrics, owned_,
                    [this](const std::vector<int>& partitions, const Claims& claims) {
                      keeper_->NoteRefused(partitions, claims);
                    }),
      applier_(models_, states_, checkpointer_, clock, metrics,
               [this](const std::string& pseudonym, bool erased) { ShowState(pseudonym, erased); }),
      methods_(kErrorDomain, metrics),
      endpoint_(methods_, authenticator_, {.advisor = advisor_, .hub = hub_, .states = names_, .clock = clock}),
      track_endpoint_(methods_, authenticator_),
      mux_(methods_, authenticator_),
      connected_(metrics.Gauge("edirae_recommend_nats_connected", "1 while the bus is connected.")),
      conditions_({kCatalog, kStore}, [this](bool ready) { server_->SetReady(ready); }) {
  AddMethods(advisor_, names_, methods_);
}

absl::StatusOr<RecommendService::Storage> RecommendService::OpenStorage(const RecommendSettings& settings,
                                                                        const std::string& fold) {
  Storage storage;
  if (settings.store.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(auto store, SqliteCheckpointStore::Open(settings.data, fold));
    storage.table = std::make_unique<SqlitePartitionTable>(*store);
    storage.store = std::move(store);
  } else {
    EDIRAE_ASSIGN_OR_RETURN(storage.store, PostgresCheckpointStore::Open(settings.store, fold));
    storage.table = std::make_unique<PostgresPartitionTable>(settings.store, storage.store->store_id());
  }
  return storage;
}

absl::Status RecommendService::Open(const RecommendSettings& settings, int ordinal, Metrics& metrics,
                                    const Clock& clock, const std::shared_ptr<grpc::Channel>& catalog) {
  // What is free is owned before anybody can ask.
  keeper_.emplace(
      *table_, owned_, ordinal, settings.replicas, [progress = progress_] { return progress->Places(); }, metrics);
  EDIRAE_ASSIGN_OR_RETURN(connection_, nats::Connection::Connect({
                                           .url = settings.nats_url,
                                           .client_name = "edirae-recommend",
                                           .connected = &connected_,
                                           .on_error =
                                               [](const absl::Status& error) {
                                                 log::Warn("NATS reports", {{"error", error}});
                                               },
                                           .send_immediately = false,  // nobody waits for offers
                                       }));
  auto feed = std::make_unique<EventFeed>(
      *connection_, absl::StrCat("recommend-", store_->store_id(), "-", ordinal),
      EventFeed::Parts{
          .keeper = *keeper_, .owned = owned_, .progress = progress_, .let_go = [this](const PartitionSet& partitions) {
            LetGo(partitions);
          }});
  EDIRAE_ASSIGN_OR_RETURN(server_, rpc::Server::Start(settings.server, {&endpoint_, &track_endpoint_, &mux_}));
  consumer_ = std::make_unique<EventConsumer>(std::move(feed), applier_, healer_, clock, metrics);
  EDIRAE_RETURN_IF_ERROR(offers_.Start(*connection_, settings.manage_streams,
                                       [this](const std::string& pseudonym) -> absl::StatusOr<bool> {
                                         EDIRAE_ASSIGN_OR_RETURN(const auto state, store_->Load(pseudonym));
                                         return state != nullptr && state->applied_seq == kErasedSeq;
                                       }));
  store_watch_.emplace(health::StoreWatchOptions{
      .probe = [this] { return store_->Probe(); },
      .on_change = [this](const absl::Status& status) { conditions_.Set(kStore, status); },
      .up = &metrics.Gauge("edirae_recommend_store_up", "1 while checkpoints can be written and read.")});
  feed_.emplace(
      catalog, settings.service_token,
      [this](const std::shared_ptr<const CatalogRevision>& revision) { TakeRevision(*revision); }, FieldsNeverRead());
  return absl::OkStatus();
}

void RecommendService::LetGo(const PartitionSet& partitions) {
  applier_.Drop(partitions);
  checkpointer_.Drop(partitions);
  states_.Drop(partitions);
  offers_.Drop(partitions);
  for (const std::string& learner_id : names_.LearnersIn(partitions)) hub_.CloseLearner(learner_id);
}

void RecommendService::ShowState(const std::string& pseudonym, bool erased) {
  if (erased) offers_.Erase(pseudonym);
  const std::optional<std::string> learner_id = names_.LearnerOf(pseudonym);
  if (!learner_id.has_value()) return;  // nobody has asked for them
  if (erased) {
    names_.Forget(pseudonym);
    return hub_.CloseLearner(*learner_id);
  }
  if (!hub_.IsWatched(*learner_id)) return;
  if (const auto state = states_.GetNow(pseudonym); state.ok()) hub_.PublishState(*learner_id, *state);
}

void RecommendService::TakeRevision(const CatalogRevision& revision) {
  auto curriculum = Curriculum::Build(revision.number, revision.content);
  if (!curriculum.ok()) {
    log::Error("cannot use a catalog revision; staying with the one before",
               {{"revision", revision.number}, {"error", curriculum.status()}});
    return;
  }
  advisor_.SetCurriculum(*std::move(curriculum));
  hub_.PublishCurriculum();
  conditions_.Set(kCatalog, absl::OkStatus());
  log::Info("suggesting by a new catalog revision", {{"revision", revision.number}});
}

RecommendService::~RecommendService() { Stop(); }

void RecommendService::Stop() {
  feed_.reset();
  store_watch_.reset();
  if (server_ != nullptr && !std::exchange(drained_, true)) server_->Drain([this] { hub_.Close(); });
  hub_.Close();
  // What is applied is saved, and then the places.
  checkpointer_.StopWaiting();
  consumer_.reset();
  checkpointer_.Stop();
  if (keeper_.has_value()) keeper_->Stop();
  offers_.Stop();
  if (connection_ != nullptr) connection_->Close();
  history_->Stop();
  states_.Stop();
}

}  // namespace edirae::recommend
