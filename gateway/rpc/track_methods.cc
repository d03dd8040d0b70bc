#include "gateway/rpc/track_methods.h"

#include <string>
#include <utility>

#include "common/recommend_rpc/track_rpc.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {

void AddTrackMethods(RecommendClient& recommend, Admission& calls, rpc::MethodTable& table) {
  table.Add(
      recommend::kGetTrack,
      PassOn(&EverybodyMay, calls, [&recommend](const rpc::CallContext& context, std::string request, rpc::Done done) {
        recommend.Ask(recommend::kGetTrack, context, std::move(request), std::move(done));
      }));
}

}  // namespace edirae::gateway
