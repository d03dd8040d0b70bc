#include "gateway/rpc/track_methods.h"

#include "common/recommend_rpc/track_rpc.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {

void AddTrackMethods(rpc::MuxClient& recommend, Admission& calls, rpc::MethodTable& table) {
  table.Add(recommend::kGetTrack, PassOn(recommend::kGetTrack, &EverybodyMay, recommend, calls));
}

}  // namespace edirae::gateway
