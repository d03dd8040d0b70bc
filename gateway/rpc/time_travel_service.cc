#include "gateway/rpc/time_travel_service.h"

#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {
namespace {

constexpr char kGetState[] = "/edirae.progress.v1.TimeTravelService/GetState";
constexpr char kListEvents[] = "/edirae.progress.v1.TimeTravelService/ListEvents";

}  // namespace

void AddTimeTravelMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table) {
  for (const char* method : {kGetState, kListEvents}) {
    table.Add(method, PassOn(
                          method, [](const auto&) { return absl::OkStatus(); }, progress, calls));
  }
}

grpc::ServerUnaryReactor* TimeTravelService::GetState(Context* context, const Bytes* request, Bytes* response) {
  return endpoint_.Serve(kGetState, context, request, response);
}

grpc::ServerUnaryReactor* TimeTravelService::ListEvents(Context* context, const Bytes* request, Bytes* response) {
  return endpoint_.Serve(kListEvents, context, request, response);
}

}  // namespace edirae::gateway
