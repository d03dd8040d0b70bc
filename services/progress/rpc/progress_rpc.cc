#include "services/progress/rpc/progress_rpc.h"

#include "services/progress/rpc/history_methods.h"
#include "services/progress/rpc/methods.h"
#include "services/progress/rpc/record_stream.h"
#include "services/progress/rpc/wire.h"

namespace edirae::progress {
namespace {

// Ends a stream that must not start.
class Refused final : public grpc::ServerReadReactor<v1::RecordEventsStreamRequest> {
 public:
  explicit Refused(const absl::Status& status) { Finish(rpc::ToGrpc(status, kErrorDomain)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerUnaryReactor* ProgressRpc::RecordEvents(grpc::CallbackServerContext* context,
                                                    const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return endpoint_.Serve(kRecordEvents, context, request, response);
}

grpc::ServerUnaryReactor* ProgressRpc::GetRoadmapProgress(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return endpoint_.Serve(kGetRoadmapProgress, context, request, response);
}

grpc::ServerUnaryReactor* ProgressRpc::GetGate(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) {
  return endpoint_.Serve(kGetGate, context, request, response);
}

grpc::ServerUnaryReactor* ProgressRpc::ExplainDecision(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return endpoint_.Serve(kExplainDecision, context, request, response);
}

grpc::ServerUnaryReactor* ProgressRpc::ListLearnerEvents(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return endpoint_.Serve(kListLearnerEvents, context, request, response);
}

grpc::ServerUnaryReactor* ProgressRpc::GetPseudonym(grpc::CallbackServerContext* context,
                                                    const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return endpoint_.Serve(kGetPseudonym, context, request, response);
}

grpc::ServerReadReactor<v1::RecordEventsStreamRequest>* ProgressRpc::RecordEventsStream(
    grpc::CallbackServerContext* context, v1::RecordEventsStreamResponse* response) {
  auto caller = rpc::ContextOf(*context, authenticator_);
  if (!caller.ok()) return new Refused(caller.status());
  return new RecordStream(ledger_, clock_, std::move(caller->principal), response);
}

}  // namespace edirae::progress
