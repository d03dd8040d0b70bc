#ifndef EDIRAE_GATEWAY_RPC_TIME_TRAVEL_SERVICE_H_
#define EDIRAE_GATEWAY_RPC_TIME_TRAVEL_SERVICE_H_

#include "common/rpc/mux_client.h"
#include "common/rpc/unary.h"
#include "edirae/progress/v1/time_travel_service.grpc.pb.h"
#include "gateway/rpc/admission.h"

namespace edirae::gateway {

// Adds the methods of `TimeTravelService`, which are passed on to progress as they are: about whom they ask, stands in
// the request, and progress checks it. The references must outlive the table and its calls.
void AddTimeTravelMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table);

using TimeTravelServiceBase = progress::v1::TimeTravelService::WithRawCallbackMethod_GetState<
    progress::v1::TimeTravelService::WithRawCallbackMethod_ListEvents<progress::v1::TimeTravelService::Service>>;

// `TimeTravelService` on gRPC, in front of progress's own. Thread-safe; the references must outlive the server.
class TimeTravelService final : public TimeTravelServiceBase {
 public:
  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  TimeTravelService(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator)
      : endpoint_(methods, authenticator) {}

  grpc::ServerUnaryReactor* GetState(Context* context, const Bytes* request, Bytes* response) override;
  grpc::ServerUnaryReactor* ListEvents(Context* context, const Bytes* request, Bytes* response) override;

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_TIME_TRAVEL_SERVICE_H_
