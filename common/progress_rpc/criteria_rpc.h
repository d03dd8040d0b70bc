#ifndef EDIRAE_COMMON_PROGRESS_RPC_CRITERIA_RPC_H_
#define EDIRAE_COMMON_PROGRESS_RPC_CRITERIA_RPC_H_

#include "common/rpc/authenticator.h"
#include "common/rpc/unary.h"
#include "edirae/progress/v1/criteria_service.grpc.pb.h"

namespace edirae::progress {

inline constexpr char kTryCriteria[] = "/edirae.progress.v1.CriteriaService/TryCriteria";

// `CriteriaService` over plain gRPC: that of progress, and the same one in front of it, at the gateway. Thread-safe;
// the references must outlive the server.
class CriteriaRpc final : public v1::CriteriaService::WithRawCallbackMethod_TryCriteria<v1::CriteriaService::Service> {
 public:
  CriteriaRpc(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator)
      : endpoint_(methods, authenticator) {}

  grpc::ServerUnaryReactor* TryCriteria(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return endpoint_.Serve(kTryCriteria, context, request, response);
  }

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_COMMON_PROGRESS_RPC_CRITERIA_RPC_H_
