#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_DUMP_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_DUMP_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// Gives `take` every event of a ledger in the order in which they were recorded, each as the bus has it, by pseudonym
// (bus_event.h), and without the trace that its client was in: a dump lasts longer than traces should. Ends early, OK,
// when `take` says false. `report` hears how many of how many positions are done. What is recorded meanwhile is left
// out. Errors of EventStore; DATA_LOSS for an event that cannot be read and for a ledger whose end is missing, naming
// the position.
absl::Status DumpLedger(EventStore& store, const std::function<bool(const events::v1::LearnerEvent&)>& take,
                        const std::function<void(int64_t done, int64_t total)>& report);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_DUMP_H_
