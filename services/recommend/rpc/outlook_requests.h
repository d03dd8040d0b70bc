#ifndef EDIRAE_SERVICES_RECOMMEND_RPC_OUTLOOK_REQUESTS_H_
#define EDIRAE_SERVICES_RECOMMEND_RPC_OUTLOOK_REQUESTS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "edirae/recommend/v1/recommend_service.pb.h"
#include "services/recommend/domain/choosing/learner_view.h"
#include "services/recommend/domain/choosing/what_if.h"
#include "services/recommend/domain/track/track_plan.h"

// Requests of the methods that look further than the next step, turned into what the domain takes.
namespace edirae::recommend {

// What can be said without a catalog: INVALID_ARGUMENT with reason OUT_OF_RANGE, MALFORMED_ID or MISSING_FIELD.
absl::Status CheckFields(const v1::ExplainRequest& request);
absl::Status CheckFields(const v1::WhatIfRequest& request);
absl::Status CheckFields(const v1::PlanSessionRequest& request);
absl::Status CheckFields(const v1::PlanTrackRequest& request);

// The position of a concept in the course. NOT_FOUND when it is not there.
absl::StatusOr<int> PositionOf(const CourseIndex& course, const std::string& concept_id);
// The answers of a checked request, each at its time or at that of the answer before it. NOT_FOUND for a question that
// is not of the course.
absl::StatusOr<std::vector<choosing::Hypothesis>> HypothesesOf(const CourseIndex& course, absl::Time now,
                                                               const v1::WhatIfRequest& request);
// The goal of a checked request. NOT_FOUND for a career or a concept that is not of the course; INVALID_ARGUMENT for a
// target date before the start, or too far from it.
absl::StatusOr<track::Goal> GoalOf(const CourseIndex& course, absl::Time now, const v1::TrackGoal& goal);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_RPC_OUTLOOK_REQUESTS_H_
