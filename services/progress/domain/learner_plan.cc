#include "services/progress/domain/learner_plan.h"

namespace edirae::progress {
namespace {

std::string GoalBytes(const LearnerPlan& plan) { return plan.goal ? plan.goal->SerializeAsString() : std::string(); }

}  // namespace

const Enrolment* LearnerPlan::EnrolmentIn(Key roadmap) const {
  const auto at = std::ranges::find(enrolments, roadmap, &Enrolment::roadmap);
  return at != enrolments.end() ? &*at : nullptr;
}

const MilestoneWork* LearnerPlan::FindWork(Key milestone) const {
  const auto at = std::ranges::find(works, milestone, &MilestoneWork::milestone);
  return at != works.end() ? &*at : nullptr;
}

const MilestoneWork* LearnerPlan::FindOpen(const EventId& submission) const {
  const auto at = std::ranges::find_if(
      works, [&](const MilestoneWork& work) { return work.open.has_value() && work.open->id == submission; });
  return at != works.end() ? &*at : nullptr;
}

int LearnerPlan::open_submissions() const {
  return static_cast<int>(std::ranges::count_if(works, [](const auto& work) { return work.open.has_value(); }));
}

MilestoneWork& LearnerPlan::MutableWork(Key milestone) {
  const auto at = std::ranges::find(works, milestone, &MilestoneWork::milestone);
  if (at != works.end()) return *at;
  works.push_back({.milestone = milestone});
  return works.back();
}

bool operator==(const LearnerPlan& a, const LearnerPlan& b) {
  return a.enrolments == b.enrolments && a.goal.has_value() == b.goal.has_value() && GoalBytes(a) == GoalBytes(b) &&
         a.works == b.works;
}

}  // namespace edirae::progress
