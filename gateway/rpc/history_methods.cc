#include "gateway/rpc/history_methods.h"

#include "common/progress_rpc/history_rpc.h"
#include "common/progress_rpc/time_travel_rpc.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {
namespace {

// Everybody may ask about themselves; about whom it is, stands in the request, which progress reads.
absl::Status MayAsk(const identity::v1::Principal&) { return absl::OkStatus(); }

}  // namespace

void AddHistoryMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table) {
  for (const char* method :
       {progress::kExportLearner, progress::kEraseLearner, progress::kGetState, progress::kListEvents}) {
    table.Add(method, PassOn(method, &MayAsk, progress, calls));
  }
}

}  // namespace edirae::gateway
