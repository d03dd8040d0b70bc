#ifndef EDIRAE_SERVICES_RECOMMEND_RPC_RECOMMEND_ENDPOINT_H_
#define EDIRAE_SERVICES_RECOMMEND_RPC_RECOMMEND_ENDPOINT_H_

#include "common/rpc/authenticator.h"
#include "common/rpc/method_table.h"
#include "common/rpc/unary.h"
#include "edirae/recommend/v1/recommend_service.grpc.pb.h"
#include "services/recommend/domain/state_source.h"
#include "services/recommend/rpc/advisor.h"
#include "services/recommend/rpc/watch.h"

namespace edirae::recommend {

// Adds the unary methods of `RecommendService` and `TrackService`. Both references must outlive the table's use.
void AddMethods(const Advisor& advisor, StateSource& states, rpc::MethodTable& methods);

// The unary methods in raw form.
template <class Base>
using RawRecommend =
    v1::RecommendService::WithRawCallbackMethod_Suggest<v1::RecommendService::WithRawCallbackMethod_Explain<
        v1::RecommendService::WithRawCallbackMethod_WhatIf<v1::RecommendService::WithRawCallbackMethod_PlanSession<
            v1::RecommendService::WithRawCallbackMethod_PlanTrack<Base>>>>>;

// `RecommendService` as gRPC sees it: unary methods from the table, `Watch` of its own. All references must outlive the
// server.
class RecommendEndpoint final
    : public RawRecommend<v1::RecommendService::WithCallbackMethod_Watch<v1::RecommendService::Service>> {
 public:
  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  RecommendEndpoint(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator, Watch::Context watching);

  grpc::ServerUnaryReactor* Suggest(Context* context, const Bytes* request, Bytes* response) override;
  grpc::ServerUnaryReactor* Explain(Context* context, const Bytes* request, Bytes* response) override;
  grpc::ServerUnaryReactor* WhatIf(Context* context, const Bytes* request, Bytes* response) override;
  grpc::ServerUnaryReactor* PlanSession(Context* context, const Bytes* request, Bytes* response) override;
  grpc::ServerUnaryReactor* PlanTrack(Context* context, const Bytes* request, Bytes* response) override;
  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                     const v1::WatchRequest* request) override;

 private:
  const rpc::UnaryEndpoint endpoint_;
  const rpc::Authenticator& authenticator_;
  const recommend::Watch::Context watching_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_RPC_RECOMMEND_ENDPOINT_H_
