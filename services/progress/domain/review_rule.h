#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_REVIEW_RULE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_REVIEW_RULE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "edirae/catalog/v1/content.pb.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "edirae/progress/v1/mentor_service.pb.h"
#include "services/progress/domain/learner_plan.h"

// How reviews of a milestone are scored, and when one of them decides.
namespace edirae::progress {

// The scores of a review with their points.
struct ScoredReview {
  std::vector<events::v1::CriterionScore> scores;  // in order of the milestone's criteria
  int points = 0;
  int needed = 0;  // of the levels that the work must reach
  int most = 0;
  bool reaches_all = true;  // each criterion its level
};

// INVALID_ARGUMENT with reason SCORES_INCOMPLETE unless every criterion that has levels has one score, a level of it.
absl::StatusOr<ScoredReview> Score(const catalog::v1::Milestone& milestone, const v1::SubmissionReview& review);

// Whether the points lie within limits::kNearThresholdPercent of `most` of those needed.
bool IsNearThreshold(const ScoredReview& scored);

// Why the next review, by `mentor_id`, does not decide about the open submission of `work`; unspecified when it does.
// `gated`: a gate asks for the milestone.
events::v1::SecondOpinion WhyAnother(const MilestoneWork& work, const std::string& mentor_id,
                                     events::v1::ReviewVerdict verdict, const ScoredReview& scored, bool gated);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_REVIEW_RULE_H_
