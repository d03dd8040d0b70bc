#ifndef EDIRAE_GATEWAY_TESTING_FAKE_CATALOG_H_
#define EDIRAE_GATEWAY_TESTING_FAKE_CATALOG_H_

#include <memory>
#include <vector>

#include "common/catalog_feed/catalog_feed.h"
#include "common/rpc/server.h"
#include "edirae/catalog/v1/revision_service.grpc.pb.h"
#include "gateway/testing/fake_authoring.h"

namespace edirae::gateway::testing {

// Publishes one revision to whoever watches, and is silent afterwards. Takes publications.
class FakeCatalog final : private catalog::v1::RevisionService::CallbackService {
 public:
  explicit FakeCatalog(const CatalogRevision& revision);

  rpc::Server& server() { return *server_; }
  FakeAuthoring& authoring() { return authoring_; }

 private:
  class Stream;

  grpc::ServerWriteReactor<catalog::v1::WatchRevisionsResponse>* WatchRevisions(
      grpc::CallbackServerContext* context, const catalog::v1::WatchRevisionsRequest* request) override;

  std::vector<catalog::v1::WatchRevisionsResponse> parts_;
  FakeAuthoring authoring_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace edirae::gateway::testing

#endif  // EDIRAE_GATEWAY_TESTING_FAKE_CATALOG_H_
