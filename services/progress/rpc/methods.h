#ifndef EDIRAE_SERVICES_PROGRESS_RPC_METHODS_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_METHODS_H_

#include "common/rpc/method_table.h"
#include "services/progress/domain/ledger.h"

namespace edirae::progress {

inline constexpr char kRecordEvents[] = "/edirae.progress.v1.ProgressService/RecordEvents";
inline constexpr char kGetRoadmapProgress[] = "/edirae.progress.v1.ProgressService/GetRoadmapProgress";
inline constexpr char kGetGate[] = "/edirae.progress.v1.ProgressService/GetGate";
inline constexpr char kExplainDecision[] = "/edirae.progress.v1.ProgressService/ExplainDecision";

// Adds the unary methods. `ledger` must outlive the table.
void AddMethods(Ledger& ledger, rpc::MethodTable& methods);

// Whether `request` may be handed to the ledger: the caller may act for the learner and may do what the actions do, the
// id is well formed, and the number of actions is in its bounds.
absl::Status CheckRecord(const identity::v1::Principal& principal, const v1::RecordEventsRequest& request);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_METHODS_H_
