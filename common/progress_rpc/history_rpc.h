#ifndef EDIRAE_COMMON_PROGRESS_RPC_HISTORY_RPC_H_
#define EDIRAE_COMMON_PROGRESS_RPC_HISTORY_RPC_H_

#include "common/rpc/authenticator.h"
#include "common/rpc/unary.h"
#include "edirae/progress/v1/history_service.grpc.pb.h"

namespace edirae::progress {

inline constexpr char kExportLearner[] = "/edirae.progress.v1.HistoryService/ExportLearner";
inline constexpr char kEraseLearner[] = "/edirae.progress.v1.HistoryService/EraseLearner";

using RawHistoryService = v1::HistoryService::WithRawCallbackMethod_ExportLearner<
    v1::HistoryService::WithRawCallbackMethod_EraseLearner<v1::HistoryService::Service>>;

// `HistoryService` over plain gRPC: that of progress, and the same one in front of it, at the gateway. Thread-safe; the
// references must outlive the server.
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

#endif  // EDIRAE_COMMON_PROGRESS_RPC_HISTORY_RPC_H_
