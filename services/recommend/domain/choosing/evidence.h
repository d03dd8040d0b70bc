#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_EVIDENCE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_EVIDENCE_H_

#include <string>

#include "google/protobuf/repeated_ptr_field.h"
#include "services/recommend/domain/choosing/agenda.h"
#include "services/recommend/domain/choosing/learner_view.h"

namespace edirae::recommend::choosing {

// Adds the ids of the events that speak for what is said of a concept, oldest first, at most limits::kMaxEvidence: the
// newest that tell what the learner did with it, and the one in which they wished what the claim rests on.
void AddEvidence(const LearnerView& view, int position, Claim claim,
                 google::protobuf::RepeatedPtrField<std::string>& ids);

}  // namespace edirae::recommend::choosing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_EVIDENCE_H_
