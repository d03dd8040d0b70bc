#include "gateway/service.h"

#include <utility>

#include "common/config/settings.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "gateway/rpc/learn_methods.h"

namespace edirae::gateway {

absl::StatusOr<std::unique_ptr<GatewayService>> GatewayService::Start(const GatewaySettings& settings, Metrics& metrics,
                                                                      const Clock& clock, GatewayPeers peers,
                                                                      WatchTimes watch_times) {
  EDIRAE_RETURN_IF_ERROR(config::IsSecret(settings.token_secret));
  EDIRAE_RETURN_IF_ERROR(config::IsSecret(settings.service_token));
  auto service =
      std::unique_ptr<GatewayService>(new GatewayService(settings, metrics, clock, std::move(peers), watch_times));
  EDIRAE_ASSIGN_OR_RETURN(service->server_,
                          rpc::Server::Start(settings.server, {&service->learn_service_, &service->authoring_service_,
                                                               &service->mentor_service_, &service->history_service_,
                                                               &service->time_travel_service_,
                                                               &service->criteria_service_, &service->track_service_}));
  service->readiness_.emplace(*service->server_, service->catalog_, service->peers_.progress, service->peers_.recommend,
                              metrics);
  service->catalog_feed_.emplace(
      service->peers_.catalog.channel, settings.service_token,
      [catalog = &service->catalog_](const std::shared_ptr<const CatalogRevision>& revision) {
        catalog->Set(revision);
        log::Info("answers of a catalog revision are ready", {{"revision", revision->number}});
      },
      catalog_feed::DroppedFields{"questions.key", "migrations"});  // learners never see them
  return service;
}

GatewayService::GatewayService(const GatewaySettings& settings, Metrics& metrics, const Clock& clock,
                               GatewayPeers peers, WatchTimes watch_times)
    : peers_(std::move(peers)),
      catalog_methods_(rpc::NewMethodClient(peers_.catalog, settings.service_token)),
      progress_methods_(rpc::NewMethodClient(peers_.progress, settings.service_token)),
      progress_(*progress_methods_),
      recommend_(peers_.recommend, settings.service_token),
      homes_(progress_, recommend_, metrics),
      calls_(limits::kMaxCalls, limits::kMaxCallsPerLearner, TooManyRequests),
      methods_(kErrorDomain, metrics),
      authenticator_(settings.token_secret, clock, metrics),
      watches_(catalog_, progress_, recommend_, authenticator_, watch_times, metrics),
      learn_service_(methods_, authenticator_, watches_),
      authoring_service_(methods_, authenticator_, calls_, peers_.catalog.channel, settings.service_token),
      mentor_service_(methods_, authenticator_),
      history_service_(methods_, authenticator_),
      time_travel_service_(methods_, authenticator_),
      criteria_service_(methods_, authenticator_),
      track_service_(methods_, authenticator_) {
  AddLearnMethods(
      {.catalog = catalog_, .homes = homes_, .progress = progress_, .recommend = recommend_, .calls = calls_},
      methods_);
  AddAuthoringMethods(*catalog_methods_, calls_, methods_);
  AddMentorMethods(*progress_methods_, calls_, methods_);
  AddHistoryMethods(*progress_methods_, calls_, methods_);
  AddCriteriaMethods(*progress_methods_, calls_, methods_);
  AddTrackMethods(recommend_, calls_, methods_);
}

GatewayService::~GatewayService() {
  readiness_.reset();
  catalog_feed_.reset();
}

void GatewayService::Stop() {
  readiness_.reset();
  server_->Drain(
      [this] {
        methods_.Stop();
        watches_.Stop();
        authoring_service_.Stop();
      },
      [this] { return methods_.running() == 0 && watches_.open() == 0 && authoring_service_.open() == 0; });
  catalog_feed_.reset();
}

}  // namespace edirae::gateway
