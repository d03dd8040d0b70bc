#ifndef EDIRAE_SERVICES_PROGRESS_RPC_TIME_TRAVEL_METHODS_H_
#define EDIRAE_SERVICES_PROGRESS_RPC_TIME_TRAVEL_METHODS_H_

#include "common/rpc/method_table.h"
#include "services/progress/domain/time_travel.h"

namespace edirae::progress {

// Adds the methods of `TimeTravelService`. The references must outlive the table.
void AddTimeTravelMethods(TimeTravel& past, rpc::MethodTable& methods);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_RPC_TIME_TRAVEL_METHODS_H_
