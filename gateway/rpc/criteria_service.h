#ifndef EDIRAE_GATEWAY_RPC_CRITERIA_SERVICE_H_
#define EDIRAE_GATEWAY_RPC_CRITERIA_SERVICE_H_

#include "common/rpc/mux_client.h"
#include "common/rpc/unary.h"
#include "edirae/progress/v1/criteria_service.grpc.pb.h"
#include "gateway/rpc/admission.h"

namespace edirae::gateway {

// Adds the methods of `CriteriaService`: calls of authors and administrators are passed on to progress as they are.
// PERMISSION_DENIED with reason AUTHORS_ONLY for anyone else. The references must outlive the table and its calls.
void AddCriteriaMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table);

// `CriteriaService` on gRPC, in front of progress's own. Thread-safe; the references must outlive the server.
class CriteriaService final
    : public progress::v1::CriteriaService::WithRawCallbackMethod_TryCriteria<progress::v1::CriteriaService::Service> {
 public:
  CriteriaService(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator)
      : endpoint_(methods, authenticator) {}

  grpc::ServerUnaryReactor* TryCriteria(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_CRITERIA_SERVICE_H_
