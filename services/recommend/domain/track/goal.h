#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_GOAL_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_GOAL_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
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

inline constexpr int kDaysPerWeek = 7;

}  // namespace edirae::recommend::track

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_GOAL_H_
