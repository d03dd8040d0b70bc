#include "services/progress/domain/decide.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/progress/domain/advance.h"
#include "services/progress/domain/answer.h"
#include "services/progress/domain/mentoring.h"
#include "services/progress/domain/milestone_review.h"
#include "services/progress/domain/notes.h"
#include "services/progress/domain/plan.h"
#include "services/progress/domain/recorder.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/domain/submission.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

// INVALID_ARGUMENT with the values that there are unless the rating is one of them.
absl::Status CheckRating(events::v1::CardRating rating) {
  if (rating != events::v1::CARD_RATING_UNSPECIFIED && events::v1::CardRating_IsValid(rating)) return absl::OkStatus();
  constexpr char kRatings[] = "CARD_RATING_AGAIN, CARD_RATING_HARD, CARD_RATING_GOOD or CARD_RATING_EASY";
  if (rating == events::v1::CARD_RATING_UNSPECIFIED) {
    return Invalid(reason::kMissingField, absl::StrCat("rating is required: ", kRatings), "rating");
  }
  return Invalid(reason::kOutOfRange, absl::StrCat("rating is ", static_cast<int>(rating), "; give ", kRatings),
                 "rating");
}

absl::StatusOr<absl::Time> OccurTime(const v1::LearnerAction& action, absl::Time now) {
  if (!action.has_occur_time()) return now;
  const auto& proto = action.occur_time();
  const absl::Time time = FromProto(proto);
  if (proto.nanos() < 0 || proto.nanos() > 999'999'999 || time > now + limits::kMaxOccurAhead ||
      time < now - limits::kMaxOccurAge) {
    return Invalid(reason::kOccurTimeOutOfRange, "occur_time is more than 5 minutes ahead or older than 30 days",
                   "occur_time");
  }
  return std::min(time, now);  // an event never happens after it was recorded
}

absl::StatusOr<Decision> Review(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                const Circumstances& around) {
  const v1::ReviewCard& review = action.review_card();
  const catalog::v1::Flashcard* card = around.content.FindCard(review.card_id());
  if (card == nullptr) return NotInCatalog(reason::kCardNotFound, "card_id", review.card_id());
  EDIRAE_RETURN_IF_ERROR(CheckRating(review.rating()));
  Recorder recorder(action, occur_time, state, around);
  auto& reviewed = *recorder.Begin().mutable_card_reviewed();
  reviewed.set_card_id(card->card_id());
  reviewed.set_concept_id(card->concept_id());
  reviewed.set_rating(review.rating());
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

absl::StatusOr<Decision> Open(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                              const Circumstances& around) {
  const std::string& resource_id = action.open_resource().resource_id();
  const catalog::v1::Resource* resource = around.content.FindResource(resource_id);
  if (resource == nullptr) return NotInCatalog(reason::kResourceNotFound, "resource_id", resource_id);
  Recorder recorder(action, occur_time, state, around);
  auto& opened = *recorder.Begin().mutable_resource_opened();
  opened.set_resource_id(resource->resource_id());
  *opened.mutable_concept_ids() = resource->concept_ids();
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

}  // namespace

absl::StatusOr<Decision> Decide(const v1::LearnerAction& action, LearnerState& state, const Circumstances& around) {
  EDIRAE_ASSIGN_OR_RETURN(const absl::Time occur_time, OccurTime(action, around.now));
  switch (action.action_case()) {
    case v1::LearnerAction::kAnswerQuestion:
      return DecideAnswer(action, occur_time, state, around);
    case v1::LearnerAction::kReviewCard:
      return Review(action, occur_time, state, around);
    case v1::LearnerAction::kOpenResource:
      return Open(action, occur_time, state, around);
    case v1::LearnerAction::kRequestAdvance:
      return DecideAdvance(action, occur_time, state, around);
    case v1::LearnerAction::kRequestHint:
      return DecideHint(action, occur_time, state, around);
    case v1::LearnerAction::kReviewMilestone:
      return DecideReview(action, occur_time, state, around);
    case v1::LearnerAction::kEnroll:
      return DecideEnroll(action, occur_time, state, around);
    case v1::LearnerAction::kSetGoal:
      return DecideGoal(action, occur_time, state, around);
    case v1::LearnerAction::kDeclarePriorKnowledge:
      return DecidePriorKnowledge(action, occur_time, state, around);
    case v1::LearnerAction::kFinishPlacement:
      return DecidePlacement(action, occur_time, state, around);
    case v1::LearnerAction::kFinishResource:
      return DecideFinishResource(action, occur_time, state, around);
    case v1::LearnerAction::kRateResource:
      return DecideRating(action, occur_time, state, around);
    case v1::LearnerAction::kReadExplanation:
      return DecideExplanation(action, occur_time, state, around);
    case v1::LearnerAction::kFinishProjectStep:
      return DecideStep(action, occur_time, state, around);
    case v1::LearnerAction::kSubmitMilestone:
      return DecideSubmission(action, occur_time, state, around);
    case v1::LearnerAction::kWithdrawMilestone:
      return DecideWithdrawal(action, occur_time, state, around);
    case v1::LearnerAction::kClaimSubmission:
      return DecideClaim(action, occur_time, state, around);
    case v1::LearnerAction::kReleaseSubmission:
      return DecideRelease(action, occur_time, state, around);
    case v1::LearnerAction::kReviewSubmission:
      return DecideSubmissionReview(action, occur_time, state, around);
    case v1::LearnerAction::kPinConcepts:
      return DecidePins(action, occur_time, state, around);
    case v1::LearnerAction::kSetPreferences:
      return DecidePreferences(action, occur_time, state, around);
    case v1::LearnerAction::ACTION_NOT_SET:
      break;
  }
  return Invalid(reason::kMissingField, "action must be set", "action");
}

}  // namespace edirae::progress
