#ifndef EDIRAE_COMMON_PROGRESS_RPC_TIME_TRAVEL_RPC_H_
#define EDIRAE_COMMON_PROGRESS_RPC_TIME_TRAVEL_RPC_H_

#include "common/rpc/authenticator.h"
#include "common/rpc/unary.h"
#include "edirae/progress/v1/time_travel_service.grpc.pb.h"

namespace edirae::progress {

inline constexpr char kGetState[] = "/edirae.progress.v1.TimeTravelService/GetState";
inline constexpr char kListEvents[] = "/edirae.progress.v1.TimeTravelService/ListEvents";

using RawTimeTravelService = v1::TimeTravelService::WithRawCallbackMethod_GetState<
    v1::TimeTravelService::WithRawCallbackMethod_ListEvents<v1::TimeTravelService::Service>>;

// `TimeTravelService` over plain gRPC: that of progress, and the same one in front of it, at the gateway. Thread-safe;
// the references must outlive the server.
class TimeTravelRpc final : public RawTimeTravelService {
 public:
  TimeTravelRpc(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator)
      : endpoint_(methods, authenticator) {}

  grpc::ServerUnaryReactor* GetState(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override {
    return endpoint_.Serve(kGetState, context, request, response);
  }
  grpc::ServerUnaryReactor* ListEvents(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return endpoint_.Serve(kListEvents, context, request, response);
  }

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_COMMON_PROGRESS_RPC_TIME_TRAVEL_RPC_H_
