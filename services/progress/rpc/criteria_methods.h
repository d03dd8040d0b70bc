#ifndef EDIRAE_SERVICES_PROGRESS_RPC_CRITERIA_METHODS_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_CRITERIA_METHODS_H_

#include "common/rpc/method_table.h"
#include "services/progress/domain/criteria_trials.h"

namespace edirae::progress {

// Adds the methods of `CriteriaService`. The references must outlive the table.
void AddCriteriaMethods(CriteriaTrials& trials, rpc::MethodTable& methods);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_CRITERIA_METHODS_H_
