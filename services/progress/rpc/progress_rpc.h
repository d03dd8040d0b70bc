#ifndef EDIRAE_SERVICES_PROGRESS_RPC_PROGRESS_RPC_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_PROGRESS_RPC_H_

#include "common/clock/clock.h"
#include "common/rpc/authenticator.h"
#include "common/rpc/unary.h"
#include "edirae/progress/v1/progress_service.grpc.pb.h"
#include "services/progress/domain/ledger.h"

namespace edirae::progress {

using RawProgressService =
    v1::ProgressService::WithRawCallbackMethod_RecordEvents<v1::ProgressService::WithCallbackMethod_RecordEventsStream<
        v1::ProgressService::WithRawCallbackMethod_GetRoadmapProgress<
            v1::ProgressService::WithRawCallbackMethod_GetGate<
                v1::ProgressService::WithRawCallbackMethod_ExplainDecision<
                    v1::ProgressService::WithRawCallbackMethod_ListLearnerEvents<
                        v1::ProgressService::WithRawCallbackMethod_GetPseudonym<v1::ProgressService::Service>>>>>>>;

// The contract over plain gRPC. Thread-safe; the references must outlive the server.
class ProgressRpc final : public RawProgressService {
 public:
  // `methods` holds the unary methods.
  ProgressRpc(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator, Ledger& ledger,
              const Clock& clock)
      : endpoint_(methods, authenticator), authenticator_(authenticator), ledger_(ledger), clock_(clock) {}

  grpc::ServerUnaryReactor* RecordEvents(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetRoadmapProgress(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetGate(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                    grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ExplainDecision(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListLearnerEvents(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetPseudonym(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerReadReactor<v1::RecordEventsStreamRequest>* RecordEventsStream(
      grpc::CallbackServerContext* context, v1::RecordEventsStreamResponse* response) override;

 private:
  const rpc::UnaryEndpoint endpoint_;
  const rpc::Authenticator& authenticator_;
  Ledger& ledger_;
  const Clock& clock_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_PROGRESS_RPC_H_
