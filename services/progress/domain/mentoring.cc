#include "services/progress/domain/mentoring.h"

#include <string>
#include <utility>

#include "common/ids/ids.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/domain/recorder.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/domain/review_rule.h"
#include "services/progress/domain/submission.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

using events::v1::REVIEW_VERDICT_APPROVED;
using events::v1::REVIEW_VERDICT_RETURNED;

// The work whose open submission a mentor may look at.
absl::StatusOr<const MilestoneWork*> FindWaiting(const std::string& submission_id, const std::string& mentor_id,
                                                 const LearnerState& state, const std::string& learner_id) {
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("mentor_id", mentor_id));
  if (mentor_id == learner_id) {
    return MakeError(absl::StatusCode::kPermissionDenied, reason::kOwnReview, "nobody reviews their own work");
  }
  const auto id = EventId::Parse(submission_id);
  const MilestoneWork* work = id ? state.plan().FindOpen(*id) : nullptr;
  if (work != nullptr) return work;
  return MakeError(absl::StatusCode::kNotFound, reason::kSubmissionNotFound, "no submission with this id waits",
                   {{"submission_id", submission_id}});
}

absl::Status CheckClaim(const OpenSubmission& open, const std::string& mentor_id, absl::Time now) {
  if (open.IsClaimedBy(mentor_id, absl::ToUnixSeconds(now))) return absl::OkStatus();
  return NotNow(reason::kNotClaimed, "claim the submission first; a claim lasts 30 minutes", "submission_id",
                open.id.ToString());
}

absl::Status CheckFindings(const v1::SubmissionReview& review) {
  if (review.verdict() != REVIEW_VERDICT_APPROVED && review.verdict() != REVIEW_VERDICT_RETURNED) {
    return Invalid(reason::kMissingField, "verdict is required: REVIEW_VERDICT_APPROVED or REVIEW_VERDICT_RETURNED",
                   "verdict");
  }
  if (review.verdict() == REVIEW_VERDICT_RETURNED && review.feedback().empty()) {
    return Invalid(reason::kMissingField, "say what is to be improved", "feedback");
  }
  return CheckLength("feedback", review.feedback(), limits::kMaxReviewFeedbackBytes);
}

// The evidence are the reviews with the verdict.
absl::Status RecordVerdict(const OpenSubmission& open, events::v1::ReviewVerdict verdict, Recorder& recorder) {
  events::v1::MilestoneDecided& decided = *recorder.Begin().mutable_milestone_decided();
  decided.set_milestone_id(open.content.milestone_id());
  decided.set_submission_id(open.id.ToString());
  decided.set_verdict(verdict);
  for (const FoundByMentor& found : open.reviews) {
    if (found.verdict == verdict) decided.add_evidence_event_ids(found.event.ToString());
  }
  return recorder.Commit();
}

}  // namespace

absl::StatusOr<Decision> DecideClaim(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                     const Circumstances& around) {
  const v1::ClaimSubmission& claim = action.claim_submission();
  const std::string& mentor_id = claim.mentor_id();
  EDIRAE_ASSIGN_OR_RETURN(const MilestoneWork* work,
                          FindWaiting(claim.submission_id(), mentor_id, state, around.learner_id));
  const OpenSubmission& open = *work->open;
  if (open.IsReviewedBy(mentor_id)) {
    return NotNow(reason::kReviewedAlready, "it waits for somebody else: you have reviewed it", "submission_id",
                  claim.submission_id());
  }
  if (open.IsClaimedByAnother(mentor_id, absl::ToUnixSeconds(around.now))) {
    return NotNow(reason::kClaimedByAnother, "another mentor reviews it", "submission_id", claim.submission_id());
  }
  v1::MilestoneSubmission submission = ToProto(open);
  *submission.mutable_claim_expire_time() = ToProto(around.now + limits::kClaimTime);
  Recorder recorder(action, occur_time, state, around);
  events::v1::MilestoneClaimed& claimed = *recorder.Begin().mutable_milestone_claimed();
  claimed.set_milestone_id(submission.milestone_id());
  claimed.set_submission_id(claim.submission_id());
  claimed.set_mentor_id(mentor_id);
  *claimed.mutable_expire_time() = submission.claim_expire_time();
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  *recorder.outcome().mutable_submission() = std::move(submission);
  return recorder.Finish();
}

absl::StatusOr<Decision> DecideRelease(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                       const Circumstances& around) {
  const v1::ReleaseSubmission& release = action.release_submission();
  EDIRAE_ASSIGN_OR_RETURN(const MilestoneWork* work,
                          FindWaiting(release.submission_id(), release.mentor_id(), state, around.learner_id));
  EDIRAE_RETURN_IF_ERROR(CheckClaim(*work->open, release.mentor_id(), around.now));
  v1::MilestoneSubmission submission = ToProto(*work->open);
  Recorder recorder(action, occur_time, state, around);
  events::v1::MilestoneReleased& released = *recorder.Begin().mutable_milestone_released();
  released.set_milestone_id(submission.milestone_id());
  released.set_submission_id(release.submission_id());
  released.set_mentor_id(release.mentor_id());
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  *recorder.outcome().mutable_submission() = std::move(submission);
  return recorder.Finish();
}

absl::StatusOr<Decision> DecideSubmissionReview(const v1::LearnerAction& action, absl::Time occur_time,
                                                LearnerState& state, const Circumstances& around) {
  const v1::SubmissionReview& review = action.review_submission();
  EDIRAE_ASSIGN_OR_RETURN(const MilestoneWork* work,
                          FindWaiting(review.submission_id(), review.mentor_id(), state, around.learner_id));
  EDIRAE_RETURN_IF_ERROR(CheckClaim(*work->open, review.mentor_id(), around.now));
  EDIRAE_RETURN_IF_ERROR(CheckFindings(review));
  const std::string milestone_id = work->open->content.milestone_id();
  const catalog::v1::Milestone* milestone = around.content.FindMilestone(milestone_id);
  if (milestone == nullptr) return NotInCatalog(reason::kMilestoneNotFound, "milestone_id", milestone_id);
  EDIRAE_ASSIGN_OR_RETURN(const ScoredReview scored, Score(*milestone, review));
  if (review.verdict() == REVIEW_VERDICT_APPROVED && !scored.reaches_all) {
    return Invalid(reason::kVerdictContradicts, "work is approved when every criterion reaches its level", "verdict");
  }
  const events::v1::SecondOpinion another =
      WhyAnother(*work, review.mentor_id(), review.verdict(), scored, around.content.GateAsksFor(milestone_id));

  Recorder recorder(action, occur_time, state, around);
  events::v1::MilestoneReviewed& reviewed = *recorder.Begin().mutable_milestone_reviewed();
  reviewed.set_milestone_id(milestone_id);
  reviewed.set_verdict(review.verdict());
  reviewed.set_reviewer_id(review.mentor_id());
  reviewed.set_feedback(review.feedback());
  reviewed.set_submission_id(review.submission_id());
  *reviewed.mutable_scores() = {scored.scores.begin(), scored.scores.end()};
  reviewed.set_review_number(static_cast<int32_t>(work->open->reviews.size()) + 1);
  reviewed.set_second_opinion(another);
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  const OpenSubmission open = *state.plan().FindWork(KeyOf(milestone_id))->open;
  v1::MilestoneSubmission submission = ToProto(open);
  submission.set_second_opinion(another);
  if (another == events::v1::SECOND_OPINION_UNSPECIFIED) {
    EDIRAE_RETURN_IF_ERROR(RecordVerdict(open, review.verdict(), recorder));
    submission.set_verdict(review.verdict());
  }
  *recorder.outcome().mutable_submission() = std::move(submission);
  return recorder.Finish();
}

}  // namespace edirae::progress
