#ifndef EDIRAE_SERVICES_PROGRESS_RPC_TIME_TRAVEL_RPC_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_TIME_TRAVEL_RPC_H_

#include "common/rpc/unary.h"
#include "edirae/progress/v1/time_travel_service.grpc.pb.h"
#include "services/progress/rpc/time_travel_methods.h"

namespace edirae::progress {

// `TimeTravelService` over plain gRPC. Thread-safe; the references must outlive the server.
class TimeTravelRpc final
    : public v1::TimeTravelService::WithRawCallbackMethod_GetState<
          v1::TimeTravelService::WithRawCallbackMethod_ListEvents<v1::TimeTravelService::Service>> {
 public:
  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  TimeTravelRpc(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator)
      : endpoint_(methods, authenticator) {}

  grpc::ServerUnaryReactor* GetState(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(kGetState, context, request, response);
  }
  grpc::ServerUnaryReactor* ListEvents(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(kListEvents, context, request, response);
  }

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_TIME_TRAVEL_RPC_H_
