#ifndef EDIRAE_SERVICES_PROGRESS_RPC_MENTOR_METHODS_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_MENTOR_METHODS_H_

#include "common/rpc/method_table.h"
#include "services/progress/domain/ledger.h"
#include "services/progress/domain/mentor_queue.h"

namespace edirae::progress {

// Adds the methods of `MentorService`. The references must outlive the table.
void AddMentorMethods(Ledger& ledger, const MentorQueue& queue, rpc::MethodTable& methods);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_MENTOR_METHODS_H_
