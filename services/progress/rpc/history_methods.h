#ifndef EDIRAE_SERVICES_PROGRESS_RPC_HISTORY_METHODS_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_HISTORY_METHODS_H_

#include "common/rpc/method_table.h"
#include "services/progress/domain/history.h"
#include "services/progress/domain/ledger.h"

namespace edirae::progress {

inline constexpr char kGetPseudonym[] = "/edirae.progress.v1.ProgressService/GetPseudonym";
inline constexpr char kListLearnerEvents[] = "/edirae.progress.v1.ProgressService/ListLearnerEvents";

// Adds the unary methods about a learner's history as a whole. The references must outlive the table.
void AddHistoryMethods(Ledger& ledger, History& history, rpc::MethodTable& methods);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_HISTORY_METHODS_H_
