#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_TRACK_PLAN_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_TRACK_PLAN_H_

#include "edirae/recommend/v1/recommend_service.pb.h"
#include "services/recommend/domain/choosing/learner_view.h"
#include "services/recommend/domain/track/goal.h"

namespace edirae::recommend::track {

// The way to the goal from where the learner stands: everything that the goal needs and that is neither mastered nor
// known, in an order in which prerequisites come first, required and helpful ones alike, and else in the curriculum's;
// what is begun takes the less time the better it is known. Before the first concept of a stage that is not open comes
// what the gates before it ask for: required concepts that the goal does not need, and milestones where the gate wants
// them. Other milestones of stages that are not passed come after their concepts. What is pinned is on the way too:
// with what it needs, gates included, before everything that is not, and not before its week. Says whether a target
// date is met, and when it is not, what would meet it. No chance is in it. `learner_id`, `roadmap_id`, `as_of_seq` and
// `catalog_revision` are left to the caller.
v1::TrackPlan PlanTrack(const choosing::LearnerView& view, const Goal& goal);

}  // namespace edirae::recommend::track

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_TRACK_PLAN_H_
