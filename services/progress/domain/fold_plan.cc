#include "services/progress/domain/fold_plan.h"

#include <algorithm>
#include <utility>

#include "services/progress/domain/mentor_acts.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;

void FoldSubmission(LearnerPlan& plan, const EventRef& ref, uint32_t at, const events::v1::MilestoneSubmitted& event) {
  MilestoneWork& work = plan.MutableWork(KeyOf(event.milestone_id()));
  work.attempts = event.attempt();
  work.newest = ref.id;
  work.decided = events::v1::REVIEW_VERDICT_UNSPECIFIED;
  work.open = OpenSubmission{.id = ref.id, .at = at, .content = event};
}

// What changes the open submission that an event names; nothing when another waits or none.
template <class Event, class Change>
void OnOpen(LearnerPlan& plan, const Event& event, Change change) {
  MilestoneWork& work = plan.MutableWork(KeyOf(event.milestone_id()));
  const auto id = EventId::Parse(event.submission_id());
  if (id && work.open && work.open->id == *id) change(work);
}

// A review that a service recorded decides by itself.
void FoldDirectReview(LearnerState& state, const EventRef& ref, const events::v1::MilestoneReviewed& event) {
  MilestoneWork& work = state.MutablePlan().MutableWork(KeyOf(event.milestone_id()));
  work.feedback = event.feedback();
  work.open.reset();
  work.decided = event.verdict();
  work.returned_by.clear();
  if (event.verdict() == events::v1::REVIEW_VERDICT_APPROVED) {
    state.Approve(work.milestone, ref);
  } else {
    work.returned_by.push_back(KeyOf(event.reviewer_id()));
  }
}

void FoldReview(LearnerState& state, const EventRef& ref, const events::v1::MilestoneReviewed& event) {
  if (event.submission_id().empty()) return FoldDirectReview(state, ref, event);
  OnOpen(state.MutablePlan(), event, [&](MilestoneWork& work) {
    work.open->reviews.push_back({KeyOf(event.reviewer_id()), event.verdict(), ref.id});
    work.open->claimed_by = 0;
    work.open->claimed_until = 0;
    work.feedback = event.feedback();
  });
}

void FoldMilestoneDecision(LearnerState& state, const EventRef& ref, const events::v1::MilestoneDecided& event) {
  const bool approved = event.verdict() == events::v1::REVIEW_VERDICT_APPROVED;
  OnOpen(state.MutablePlan(), event, [&](MilestoneWork& work) {
    work.decided = event.verdict();
    work.returned_by.clear();
    for (const FoundByMentor& found : work.open->reviews) {
      if (found.verdict != events::v1::REVIEW_VERDICT_APPROVED) work.returned_by.push_back(found.mentor);
    }
    work.open.reset();
  });
  if (approved) state.Approve(KeyOf(event.milestone_id()), ref);
}

void FoldStep(LearnerPlan& plan, const events::v1::ProjectStepDone& event) {
  auto& done = plan.MutableWork(KeyOf(event.milestone_id())).done_steps;
  if (done.size() == limits::kMaxDoneSteps || std::ranges::find(done, event.step_id()) != done.end()) return;
  done.push_back(event.step_id());
}

}  // namespace

void FoldPlan(LearnerState& state, const EventRef& ref, uint32_t at, const LearnerEvent& event) {
  switch (event.body_case()) {
    case LearnerEvent::kEnrolled:
      if (const Key roadmap = KeyOf(event.enrolled().roadmap_id()); !state.plan().IsEnrolled(roadmap)) {
        state.MutablePlan().enrolments.push_back({roadmap, at});
      }
      break;
    case LearnerEvent::kGoalSet:
      state.MutablePlan().goal = event.goal_set();
      break;
    case LearnerEvent::kConceptsPinned:
      state.MutablePlan().pins = event.concepts_pinned();
      break;
    case LearnerEvent::kPreferencesSet:
      state.MutablePlan().preferences = event.preferences_set();
      break;
    case LearnerEvent::kProjectStepDone:
      FoldStep(state.MutablePlan(), event.project_step_done());
      break;
    case LearnerEvent::kMilestoneSubmitted:
      FoldSubmission(state.MutablePlan(), ref, at, event.milestone_submitted());
      break;
    case LearnerEvent::kMilestoneWithdrawn:
      OnOpen(state.MutablePlan(), event.milestone_withdrawn(), [](MilestoneWork& work) { work.open.reset(); });
      break;
    case LearnerEvent::kMilestoneClaimed:
      OnOpen(state.MutablePlan(), event.milestone_claimed(), [&](MilestoneWork& work) {
        if (MentorOf(event).starts_with(kErasedMentorMark)) return;  // whose claim has ended
        work.open->claimed_by = KeyOf(event.milestone_claimed().mentor_id());
        const int64_t until = event.milestone_claimed().expire_time().seconds();
        work.open->claimed_until = static_cast<uint32_t>(std::clamp<int64_t>(until, 0, UINT32_MAX));
      });
      break;
    case LearnerEvent::kMilestoneReleased:
      OnOpen(state.MutablePlan(), event.milestone_released(), [](MilestoneWork& work) {
        work.open->claimed_by = 0;
        work.open->claimed_until = 0;
      });
      break;
    case LearnerEvent::kMilestoneReviewed:
      FoldReview(state, ref, event.milestone_reviewed());
      break;
    case LearnerEvent::kMilestoneDecided:
      FoldMilestoneDecision(state, ref, event.milestone_decided());
      break;
    default:
      break;
  }
}

}  // namespace edirae::progress
