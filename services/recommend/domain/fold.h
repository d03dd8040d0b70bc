#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_FOLD_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_FOLD_H_

#include "edirae/events/v1/learner_event.pb.h"
#include "services/recommend/domain/learner_state.h"

namespace edirae::recommend {

// Applies the learner's next event: `event.learner_seq()` is `state.applied_seq + 1`. An event of a kind that this
// program does not know yet only moves `applied_seq`. Events carry the concepts that they concern, so that no catalog
// is needed and a refold gives the same state under any revision. A concept's time never runs backwards, though events
// of clients that were offline may.
void Fold(const events::v1::LearnerEvent& event, LearnerState& state);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_FOLD_H_
