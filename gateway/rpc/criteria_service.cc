#include "gateway/rpc/criteria_service.h"

#include "common/rpc/call.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {
namespace {

constexpr char kTryCriteria[] = "/edirae.progress.v1.CriteriaService/TryCriteria";

absl::Status MayTryCriteria(const identity::v1::Principal& caller) {
  return caller.role() == identity::v1::ROLE_ADMIN ? absl::OkStatus() : rpc::CheckMayAuthor(caller);
}

}  // namespace

void AddCriteriaMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table) {
  table.Add(kTryCriteria, PassOn(kTryCriteria, &MayTryCriteria, progress, calls));
}

grpc::ServerUnaryReactor* CriteriaService::TryCriteria(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return endpoint_.Serve(kTryCriteria, context, request, response);
}

}  // namespace edirae::gateway
