#include "services/catalog/service.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "services/catalog/errors.h"
#include "services/catalog/load_content.h"

namespace edirae::catalog {

CatalogService::CatalogService(const CatalogSettings& settings, Metrics& metrics)
    : authenticator_(settings.service_token),
      methods_(errors::kDomain, metrics),
      catalog_rpc_(rpc::UnaryEndpoint(methods_, authenticator_)),
      revision_rpc_(revisions_, authenticator_, metrics),
      mux_(methods_, authenticator_) {
  AddCatalogMethods(revisions_, methods_);
}

absl::StatusOr<std::unique_ptr<CatalogService>> CatalogService::Start(const CatalogSettings& settings, Metrics& metrics,
                                                                      const Clock& clock) {
  EDIRAE_RETURN_IF_ERROR(config::IsSecret(settings.service_token));
  const absl::Time start = absl::Now();
  EDIRAE_ASSIGN_OR_RETURN(v1::RevisionContent content, LoadGoodContent(settings.content));
  log::Info("loaded content", {{"folder", settings.content},
                               {"roadmaps", content.roadmaps_size()},
                               {"questions", content.questions_size()},
                               {"flashcards", content.flashcards_size()},
                               {"milliseconds", absl::ToInt64Milliseconds(absl::Now() - start)}});
  std::unique_ptr<CatalogService> service(new CatalogService(settings, metrics));
  EDIRAE_RETURN_IF_ERROR(service->revisions_.Publish(std::move(content), clock.Now()));
  EDIRAE_ASSIGN_OR_RETURN(
      service->server_,
      rpc::Server::Start(settings.server, {&service->catalog_rpc_, &service->revision_rpc_, &service->mux_}));
  service->server_->SetReady(true);
  return service;
}

void CatalogService::Stop() {
  server_->Drain([this] { revision_rpc_.Stop(); });
}

}  // namespace edirae::catalog
