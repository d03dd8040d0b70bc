#include "gateway/rpc/mentor_service.h"

#include "common/rpc/call.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {

void AddMentorMethods(rpc::MuxClient& progress, Admission& calls, rpc::MethodTable& table) {
  for (const char* method : {method::kListMilestoneSubmissions, method::kClaimMilestoneSubmission,
                             method::kReleaseMilestoneSubmission, method::kReviewMilestone}) {
    table.Add(method, PassOn(method, rpc::CheckMayMentor, progress, calls));
  }
}

}  // namespace edirae::gateway
