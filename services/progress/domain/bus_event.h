#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_BUS_EVENT_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_BUS_EVENT_H_

#include "absl/strings/string_view.h"
#include "edirae/events/v1/learner_event.pb.h"

namespace edirae::progress {

// Makes of a recorded event what the bus may see: the learner is their pseudonym, the partition is the pseudonym's, and
// every field that the contract calls `personal` is empty. Costs a look at the fields that can have such content, and
// nothing for those that cannot. Thread-safe.
void MakePseudonymous(events::v1::LearnerEvent& event, absl::string_view pseudonym);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_BUS_EVENT_H_
