#include "gateway/rpc/history_service.h"

namespace edirae::gateway {
namespace {

constexpr char kEraseLearner[] = "/edirae.progress.v1.HistoryService/EraseLearner";

// Everybody may ask about themselves; about whom it is, stands in the request, which progress reads.
absl::Status MayAsk(const identity::v1::Principal&) { return absl::OkStatus(); }

}  // namespace

void AddHistoryMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table) {
  table.Add(kEraseLearner, PassOn(kEraseLearner, &MayAsk, progress, calls));
}

grpc::ServerUnaryReactor* HistoryService::EraseLearner(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return endpoint_.Serve(kEraseLearner, context, request, response);
}

}  // namespace edirae::gateway
