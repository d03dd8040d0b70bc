#include "services/progress/domain/milestone_review.h"

#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "services/progress/domain/recorder.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {

absl::StatusOr<Decision> DecideReview(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                      const Circumstances& around) {
  const v1::ReviewMilestone& review = action.review_milestone();
  if (around.content.FindMilestone(review.milestone_id()) == nullptr) {
    return NotInCatalog(reason::kMilestoneNotFound, "milestone_id", review.milestone_id());
  }
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("reviewer_id", review.reviewer_id()));
  if (review.reviewer_id() == around.learner_id) {
    return Invalid(reason::kOwnReview, "nobody reviews their own work", "reviewer_id");
  }
  if (review.verdict() != events::v1::REVIEW_VERDICT_APPROVED &&
      review.verdict() != events::v1::REVIEW_VERDICT_RETURNED) {
    return Invalid(reason::kMissingField, "verdict is required: REVIEW_VERDICT_APPROVED or REVIEW_VERDICT_RETURNED",
                   "verdict");
  }
  EDIRAE_RETURN_IF_ERROR(CheckLength("feedback", review.feedback(), limits::kMaxReviewFeedbackBytes));
  Recorder recorder(action, occur_time, state, around);
  events::v1::MilestoneReviewed& reviewed = *recorder.Begin().mutable_milestone_reviewed();
  reviewed.set_milestone_id(review.milestone_id());
  reviewed.set_verdict(review.verdict());
  reviewed.set_reviewer_id(review.reviewer_id());
  reviewed.set_feedback(review.feedback());
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

}  // namespace edirae::progress
