#ifndef EDIRAE_COMMON_RECOMMEND_RPC_TRACK_RPC_H_
#define EDIRAE_COMMON_RECOMMEND_RPC_TRACK_RPC_H_

#include "common/rpc/authenticator.h"
#include "common/rpc/unary.h"
#include "edirae/recommend/v1/track_service.grpc.pb.h"

namespace edirae::recommend {

inline constexpr char kGetTrack[] = "/edirae.recommend.v1.TrackService/GetTrack";

// `TrackService` over plain gRPC: that of recommend, and the same one in front of it, at the gateway. Thread-safe; the
// references must outlive the server.
class TrackRpc final : public v1::TrackService::WithRawCallbackMethod_GetTrack<v1::TrackService::Service> {
 public:
  TrackRpc(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator)
      : endpoint_(methods, authenticator) {}

  grpc::ServerUnaryReactor* GetTrack(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override {
    return endpoint_.Serve(kGetTrack, context, request, response);
  }

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_COMMON_RECOMMEND_RPC_TRACK_RPC_H_
