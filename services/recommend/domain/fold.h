#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_FOLD_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_FOLD_H_

#include <cstdint>
#include <limits>

#include "edirae/events/v1/learner_event.pb.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/models.h"

namespace edirae::recommend {

// Raised whenever the same events give another state: states of another fold are made anew.
inline constexpr int kFoldVersion = 6;

// Whether an answer says something of what the learner knows. One that is no evidence to the ledger (a repetition of
// what the learner had just been told, or too fast) is only seen.
bool Counts(const events::v1::QuestionAnswered& answer);
// Right without a hint: after one it counts as wrong, as in mastery criteria.
bool IsRightUnaided(const events::v1::QuestionAnswered& answer);

// The `applied_seq` of a learner who was erased: whatever comes of theirs later was applied before.
inline constexpr int64_t kErasedSeq = std::numeric_limits<int64_t>::max() - 1;

// Applies the learner's next event: `event.learner_seq()` is `state.applied_seq + 1`. An event of a kind that this
// program does not know yet only moves `applied_seq`. Events carry the concepts that they concern, so that no catalog
// is needed and a refold gives the same state under any revision. A concept's time never runs backwards, though events
// of clients that were offline may.
void Fold(const Models& models, const events::v1::LearnerEvent& event, LearnerState& state);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_FOLD_H_
