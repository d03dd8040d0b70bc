#include "gateway/rpc/history_service.h"

namespace edirae::gateway {
namespace {

constexpr char kExportLearner[] = "/edirae.progress.v1.HistoryService/ExportLearner";
constexpr char kEraseLearner[] = "/edirae.progress.v1.HistoryService/EraseLearner";

// Everybody may ask about themselves; about whom it is, stands in the request, which progress reads.
absl::Status MayAsk(const identity::v1::Principal&) { return absl::OkStatus(); }

}  // namespace

void AddHistoryMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table) {
  for (const char* method : {kExportLearner, kEraseLearner}) {
    table.Add(method, PassOn(method, &MayAsk, progress, calls));
  }
}

grpc::ServerUnaryReactor* HistoryService::ExportLearner(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return endpoint_.Serve(kExportLearner, context, request, response);
}

grpc::ServerUnaryReactor* HistoryService::EraseLearner(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return endpoint_.Serve(kEraseLearner, context, request, response);
}

}  // namespace edirae::gateway
