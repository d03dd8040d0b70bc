#include "services/recommend/domain/track/kept_track.h"

#include <algorithm>

namespace edirae::recommend::track {

LearnerState AsKept(const LearnerState& learner) {
  LearnerState then;
  then.learner_id = learner.learner_id;
  for (const KeptStanding& standing : learner.kept->standings) {
    ConceptState* const was = then.At(standing.key);
    if (was == nullptr) break;
    was->mastered = standing.mastered != 0;
    was->answers = 1;  // it was begun
    was->belief.strength = standing.strength;
  }
  for (const KeptMilestone& milestone : learner.milestones) {
    const bool was_approved =
        milestone.standing == MilestoneStanding::kApproved && TimeMsOf(milestone.event) <= learner.kept->keep_ms;
    if (was_approved) then.milestones.push_back(milestone);
  }
  const auto passed = std::min(learner.passed_stages.size(), static_cast<size_t>(learner.kept->passed_stages));
  then.passed_stages.assign(learner.passed_stages.begin(),
                            learner.passed_stages.begin() + static_cast<std::ptrdiff_t>(passed));
  return then;
}

void BeginOn(absl::CivilDay today, Goal& goal) {
  goal.wished_start = goal.start;
  if (today <= goal.start) return;
  goal.start += (today - goal.start) / kDaysPerWeek * kDaysPerWeek;
  goal.first_week_share = 1 - static_cast<double>(today - goal.start) / kDaysPerWeek;
}

}  // namespace edirae::recommend::track
