#ifndef EDIRAE_GATEWAY_RPC_HISTORY_SERVICE_H_
#define EDIRAE_GATEWAY_RPC_HISTORY_SERVICE_H_

#include "common/rpc/unary.h"
#include "edirae/progress/v1/history_service.grpc.pb.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {

// Adds the unary methods of `HistoryService`, which progress answers. The references must outlive the table.
void AddHistoryMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table);

using HistoryServiceBase = progress::v1::HistoryService::WithRawCallbackMethod_ExportLearner<
    progress::v1::HistoryService::WithRawCallbackMethod_EraseLearner<progress::v1::HistoryService::Service>>;

// `HistoryService` on gRPC, for learners and administrators. Thread-safe; the references must outlive the server.
class HistoryService final : public HistoryServiceBase {
 public:
  HistoryService(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator)
      : endpoint_(methods, authenticator) {}

  grpc::ServerUnaryReactor* ExportLearner(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* EraseLearner(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_HISTORY_SERVICE_H_
