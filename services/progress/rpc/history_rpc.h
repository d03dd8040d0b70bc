#ifndef EDIRAE_SERVICES_PROGRESS_RPC_HISTORY_RPC_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_HISTORY_RPC_H_

#include "common/rpc/authenticator.h"
#include "common/rpc/unary.h"
#include "edirae/progress/v1/history_service.grpc.pb.h"
#include "services/progress/rpc/history_methods.h"

namespace edirae::progress {

using RawHistoryService = v1::HistoryService::WithRawCallbackMethod_ExportLearner<
    v1::HistoryService::WithRawCallbackMethod_EraseLearner<v1::HistoryService::Service>>;

// `HistoryService` over plain gRPC. Thread-safe; the references must outlive the server.
class HistoryRpc final : public RawHistoryService {
 public:
  HistoryRpc(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator)
      : endpoint_(methods, authenticator) {}

  grpc::ServerUnaryReactor* ExportLearner(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return endpoint_.Serve(kExportLearner, context, request, response);
  }
  grpc::ServerUnaryReactor* EraseLearner(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return endpoint_.Serve(kEraseLearner, context, request, response);
  }

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_HISTORY_RPC_H_
