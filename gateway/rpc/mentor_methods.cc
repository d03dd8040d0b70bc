#include "gateway/rpc/mentor_methods.h"

#include "common/progress_rpc/mentor_rpc.h"
#include "common/rpc/call.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {

void AddMentorMethods(rpc::MethodClient& progress, Admission& calls, rpc::MethodTable& table) {
  for (const char* method : {progress::kListMilestoneSubmissions, progress::kClaimMilestoneSubmission,
                             progress::kReleaseMilestoneSubmission, progress::kReviewMilestone}) {
    table.Add(method, PassOn(method, rpc::CheckMayMentor, progress, calls));
  }
}

}  // namespace edirae::gateway
