#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_CONCEPT_EXPLANATION_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_CONCEPT_EXPLANATION_H_

#include "edirae/recommend/v1/recommend_service.pb.h"
#include "services/recommend/domain/choosing/learner_view.h"

namespace edirae::recommend::choosing {

// Everything that is thought of the concept at `position`, and the suggestion about it: the prediction of the answer to
// the question that comes next (or the first, when none can be asked now) as factors that add up, memory,
// prerequisites, evidence. `learner_id`, `roadmap_id`, `as_of_seq` and `catalog_revision` are left to the caller.
v1::ExplainResponse ExplainConcept(const LearnerView& view, int position);

}  // namespace edirae::recommend::choosing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_CONCEPT_EXPLANATION_H_
