#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_KEPT_TRACK_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_KEPT_TRACK_H_

#include "absl/time/civil_time.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/track/track_plan.h"

// A learner's track as their history keeps it: where the learner stood. wishing/kept_goal.h has its goal and pins.
namespace edirae::recommend::track {

// The learner as they stood when the track was kept, as far as planning looks at them.
LearnerState AsKept(const LearnerState& learner);

// What is left of the goal's weeks on a day: it begins with the week of that day, counted from the goal's own first
// day, and with so much of that as is left.
void BeginOn(absl::CivilDay today, Goal& goal);

}  // namespace edirae::recommend::track

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_KEPT_TRACK_H_
