#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_FOLD_PLAN_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_FOLD_PLAN_H_

#include <cstdint>

#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/learner_state.h"

namespace edirae::progress {

// The part of `Fold` that is about plans and about work that is handed in. `ref` and `at` are those of the event, which
// is of any kind; what says nothing here changes nothing.
void FoldPlan(LearnerState& state, const EventRef& ref, uint32_t at, const events::v1::LearnerEvent& event);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_FOLD_PLAN_H_
