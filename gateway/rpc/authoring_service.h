#ifndef EDIRAE_GATEWAY_RPC_AUTHORING_SERVICE_H_
#define EDIRAE_GATEWAY_RPC_AUTHORING_SERVICE_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/rpc/method_client.h"
#include "common/rpc/unary.h"
#include "edirae/catalog/v1/authoring_service.grpc.pb.h"
#include "gateway/rpc/admission.h"
#include "gateway/rpc/publication_relay.h"
#include "grpcpp/channel.h"

namespace edirae::gateway {

namespace method {

// The unary methods of `AuthoringService` by full name.
inline constexpr char kRollbackRevision[] = "/edirae.catalog.v1.AuthoringService/RollbackRevision";
inline constexpr char kListRevisions[] = "/edirae.catalog.v1.AuthoringService/ListRevisions";
inline constexpr char kGetRevision[] = "/edirae.catalog.v1.AuthoringService/GetRevision";
inline constexpr char kGetRevisionContent[] = "/edirae.catalog.v1.AuthoringService/GetRevisionContent";

}  // namespace method

// Adds the unary methods of `AuthoringService`: authors' calls are passed on to the catalog as they are.
// PERMISSION_DENIED with reason AUTHORS_ONLY for anyone else. The references must outlive the table and its calls.
void AddAuthoringMethods(rpc::MethodClient& catalog, Admission& calls, rpc::MethodTable& table);

using AuthoringServiceBase = catalog::v1::AuthoringService::WithRawCallbackMethod_RollbackRevision<
    catalog::v1::AuthoringService::WithRawCallbackMethod_ListRevisions<
        catalog::v1::AuthoringService::WithRawCallbackMethod_GetRevision<
            catalog::v1::AuthoringService::WithRawCallbackMethod_GetRevisionContent<
                catalog::v1::AuthoringService::WithRawCallbackMethod_PublishRevision<
                    catalog::v1::AuthoringService::Service>>>>>;

// `AuthoringService` on gRPC, in front of the catalog's own. A publication is passed on part by part, unparsed; one
// part of it is in memory at a time. Thread-safe; the references must outlive the server.
class AuthoringService final : public AuthoringServiceBase {
 public:
  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  AuthoringService(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator, Admission& calls,
                   std::shared_ptr<grpc::Channel> catalog, std::string service_token);

  // Ends the publications of which not all parts have come with UNAVAILABLE, and refuses new ones.
  void Stop();
  // Publications that are under way.
  size_t open();

  grpc::ServerReadReactor<Bytes>* PublishRevision(Context* context, Bytes* response) override;
  grpc::ServerUnaryReactor* RollbackRevision(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kRollbackRevision, context, request, response);
  }
  grpc::ServerUnaryReactor* ListRevisions(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kListRevisions, context, request, response);
  }
  grpc::ServerUnaryReactor* GetRevision(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetRevision, context, request, response);
  }
  grpc::ServerUnaryReactor* GetRevisionContent(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetRevisionContent, context, request, response);
  }

 private:
  const rpc::UnaryEndpoint endpoint_;
  const rpc::Authenticator& authenticator_;
  Admission& calls_;
  const std::shared_ptr<grpc::Channel> catalog_;
  const std::string service_token_;
  std::mutex mutex_;
  std::vector<std::weak_ptr<PublicationRelay>> publications_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_AUTHORING_SERVICE_H_
