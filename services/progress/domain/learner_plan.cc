#include "services/progress/domain/learner_plan.h"

namespace edirae::progress {
namespace {

template <class Message>
bool SameBytes(const std::optional<Message>& a, const std::optional<Message>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->SerializeAsString() == b->SerializeAsString();
}

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
  return a.enrolments == b.enrolments && SameBytes(a.goal, b.goal) &&
         a.pins.SerializeAsString() == b.pins.SerializeAsString() && SameBytes(a.preferences, b.preferences) &&
         a.works == b.works;
}

}  // namespace edirae::progress
