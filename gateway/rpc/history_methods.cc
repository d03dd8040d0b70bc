#include "gateway/rpc/history_methods.h"

#include "common/progress_rpc/history_rpc.h"
#include "common/progress_rpc/time_travel_rpc.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {

void AddHistoryMethods(rpc::MethodClient& progress, Admission& calls, rpc::MethodTable& table) {
  for (const char* method :
       {progress::kExportLearner, progress::kEraseLearner, progress::kGetState, progress::kListEvents}) {
    table.Add(method, PassOn(method, &EverybodyMay, progress, calls));
  }
}

}  // namespace edirae::gateway
