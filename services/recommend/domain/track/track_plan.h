#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_TRACK_PLAN_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_TRACK_PLAN_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "edirae/recommend/v1/recommend_service.pb.h"
#include "services/recommend/domain/choosing/learner_view.h"
#include "services/recommend/domain/wishing/way.h"

namespace edirae::recommend::track {

using wishing::Pin;

// A goal as a request or the learner's history gives it, checked.
struct Goal {
  std::vector<int> concepts;    // positions in the course
  bool with_milestones = true;  // those too that no gate on the way wants
  double hours_per_week = 0;    // limits::kMinHoursPerWeek to kMaxHoursPerWeek
  absl::CivilDay start;
  std::optional<absl::CivilDay> target;  // not before `start`
  std::vector<int> known;                // positions that need no study
  std::vector<Pin> pins;                 // first things first, each concept once
  absl::CivilDay wished_start;           // the first day that the learner named; weeks since then are not planned again
  double first_week_share = 1;           // of the first week's hours that are still to come, 0 to 1
};

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
