#ifndef EDIRAE_GATEWAY_RPC_TRACK_METHODS_H_
#define EDIRAE_GATEWAY_RPC_TRACK_METHODS_H_

#include "common/rpc/method_table.h"
#include "gateway/clients/recommend_client.h"
#include "gateway/rpc/admission.h"

namespace edirae::gateway {

// Adds the methods of `TrackService`: calls are passed on to recommend as they are, which knows who may ask about whom.
// The references must outlive the table and its calls.
void AddTrackMethods(RecommendClient& recommend, Admission& calls, rpc::MethodTable& table);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_TRACK_METHODS_H_
