#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_FOLD_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_FOLD_H_

#include "absl/status/status.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/learner_state.h"

namespace edirae::progress {

// Moves `state` over the next event of its history. Needs no catalog: an event says all that it proves. DATA_LOSS, with
// the state unchanged, when the event is not the next one or its id is not a UUID.
absl::Status Fold(LearnerState& state, const events::v1::LearnerEvent& event);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_FOLD_H_
