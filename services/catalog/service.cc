#include "services/catalog/service.h"

#include <utility>

#include "common/log/log.h"
#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "services/catalog/deployment.h"
#include "services/catalog/errors.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {

CatalogService::CatalogService(const CatalogSettings& settings, Metrics& metrics, const Clock& clock,
                               std::unique_ptr<SqliteRevisionStore> store)
    : store_(std::move(store)),
      publisher_(*store_, revisions_, clock,
                 [this] {
                   if (announcer_ != nullptr) announcer_->Wake();
                 }),
      authoring_thread_("authoring", limits::kMaxAuthoringCalls, AuthoringRefusals()),
      authenticator_(settings.service_token),
      methods_(errors::kDomain, metrics),
      catalog_rpc_(rpc::UnaryEndpoint(methods_, authenticator_)),
      authoring_rpc_(methods_, authenticator_, publisher_, authoring_thread_),
      revision_rpc_(revisions_, authenticator_, metrics),
      mux_(methods_, authenticator_) {
  AddCatalogMethods(revisions_, methods_);
  AddAuthoringMethods(publisher_, *store_, authoring_thread_, methods_);
}

absl::StatusOr<std::unique_ptr<CatalogService>> CatalogService::Start(const CatalogSettings& settings, Metrics& metrics,
                                                                      const Clock& clock) {
  EDIRAE_RETURN_IF_ERROR(config::IsSecret(settings.service_token));
  EDIRAE_ASSIGN_OR_RETURN(auto store, SqliteRevisionStore::Open(settings.data));
  std::unique_ptr<CatalogService> service(new CatalogService(settings, metrics, clock, std::move(store)));
  if (!settings.nats_url.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(service->announcer_,
                            Announcer::Start({.nats_url = settings.nats_url, .manage_stream = settings.manage_streams},
                                             *service->store_, metrics));
  }
  EDIRAE_RETURN_IF_ERROR(service->Open(settings));
  return service;
}

absl::Status CatalogService::Open(const CatalogSettings& settings) {
  EDIRAE_RETURN_IF_ERROR(publisher_.ServeHead());
  const bool has_head = revisions_.Current() != nullptr;
  if (!has_head && settings.content.empty()) return errors::NothingToServe(settings.data);
  if (!has_head) EDIRAE_RETURN_IF_ERROR(PublishDeployment(settings.content, *store_, publisher_));
  EDIRAE_ASSIGN_OR_RETURN(server_,
                          rpc::Server::Start(settings.server, {&catalog_rpc_, &authoring_rpc_, &revision_rpc_, &mux_}));
  server_->SetReady(true);
  if (!has_head || settings.content.empty()) return absl::OkStatus();
  if (const absl::Status refused = PublishDeployment(settings.content, *store_, publisher_); !refused.ok()) {
    log::Error("the deployment's content is not published; the newest stored revision is served on",
               {{"revision", revisions_.Current()->revision.number()}, {"error", refused}});
  }
  return absl::OkStatus();
}

void CatalogService::Stop() {
  server_->Drain([this] {
    authoring_rpc_.Stop();
    revision_rpc_.Stop();
  });
  authoring_thread_.Stop();
  if (announcer_ != nullptr) announcer_->Stop();
}

}  // namespace edirae::catalog
