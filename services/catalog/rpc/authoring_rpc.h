#ifndef EDIRAE_SERVICES_CATALOG_RPC_AUTHORING_RPC_H_
#define EDIRAE_SERVICES_CATALOG_RPC_AUTHORING_RPC_H_

#include <memory>
#include <mutex>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "common/process/task_thread.h"
#include "common/rpc/authenticator.h"
#include "common/rpc/unary.h"
#include "edirae/catalog/v1/authoring_service.grpc.pb.h"
#include "services/catalog/rpc/authoring_methods.h"
#include "services/catalog/rpc/publisher.h"

namespace edirae::catalog {

using RawAuthoringService = v1::AuthoringService::WithRawCallbackMethod_RollbackRevision<
    v1::AuthoringService::WithRawCallbackMethod_ListRevisions<v1::AuthoringService::WithRawCallbackMethod_GetRevision<
        v1::AuthoringService::WithRawCallbackMethod_GetRevisionContent<
            v1::AuthoringService::WithCallbackMethod_PublishRevision<v1::AuthoringService::Service>>>>>;

// AuthoringService. What is received of a publication is held in memory, of `limits::kMaxPublications` at most;
// checking and storing happens on `thread`. Thread-safe. The references must outlive it, and it the server.
class AuthoringRpc final : public RawAuthoringService {
 public:
  using Context = grpc::CallbackServerContext;
  using Buffer = grpc::ByteBuffer;

  AuthoringRpc(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator, Publisher& publisher,
               process::TaskThread& thread);
  ~AuthoringRpc() override;

  grpc::ServerReadReactor<v1::PublishRevisionRequest>* PublishRevision(Context* context,
                                                                       v1::PublishRevisionResponse* response) override;
  grpc::ServerUnaryReactor* RollbackRevision(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kRollbackRevision, context, request, response);
  }
  grpc::ServerUnaryReactor* ListRevisions(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kListRevisions, context, request, response);
  }
  grpc::ServerUnaryReactor* GetRevision(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetRevision, context, request, response);
  }
  grpc::ServerUnaryReactor* GetRevisionContent(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetRevisionContent, context, request, response);
  }

  // Ends what is being received with UNAVAILABLE and refuses more. Does not wait.
  void Stop();

 private:
  class Upload;

  // RESOURCE_EXHAUSTED or UNAVAILABLE when there is no place for it.
  absl::Status Enter(const std::shared_ptr<Upload>& upload);
  // Before its caller hears how it ended, so that they can come again at once.
  void FreePlace(const Upload& upload);
  void Leave(Upload* upload);

  const rpc::Authenticator& authenticator_;
  const rpc::UnaryEndpoint endpoint_;
  Publisher& publisher_;
  process::TaskThread& thread_;
  std::mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_map<Upload*, std::shared_ptr<Upload>> uploads_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<const Upload*> received_ ABSL_GUARDED_BY(mutex_);  // of these, whose content is in memory
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_AUTHORING_RPC_H_
