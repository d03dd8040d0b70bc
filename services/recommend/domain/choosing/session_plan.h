#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_SESSION_PLAN_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_SESSION_PLAN_H_

#include "edirae/recommend/v1/recommend_service.pb.h"
#include "services/recommend/domain/choosing/learner_view.h"

namespace edirae::recommend::choosing {

// What to do in `minutes` (limits::kMinSessionMinutes to kMaxSessionMinutes), of what Suggest would offer:
//   1. due reviews, the most forgotten first, in at most two fifths of the time;
//   2. concepts to learn in the order of agenda.h: one new concept an hour begun, with time for its lesson, and
//      questions that go round between the concepts, each asked once;
//   3. in what is left, more reviews; then more time for the lesson, as much as its author thinks that it takes.
// Reviews and learning are interleaved, and a lesson comes before its questions. No chance is in it. `learner_id`,
// `roadmap_id`, `as_of_seq` and `catalog_revision` are left to the caller.
v1::SessionPlan PlanSession(const LearnerView& view, int minutes);

}  // namespace edirae::recommend::choosing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_SESSION_PLAN_H_
