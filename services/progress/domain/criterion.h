#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERION_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERION_H_

#include <vector>

#include "absl/container/inlined_vector.h"
#include "edirae/catalog/v1/content.pb.h"
#include "edirae/progress/v1/progress.pb.h"
#include "services/progress/domain/content_index.h"
#include "services/progress/domain/learner_state.h"

namespace edirae::progress {

// A clause that does not hold yet.
struct Unmet {
  v1::CriterionClause clause;
  int have;
  int need;
  int window = 0;
};
using UnmetClauses = absl::InlinedVector<Unmet, 2>;

// Weighs the evidence for a concept that is not mastered: the clauses that do not hold; empty when the criterion is
// met.
UnmetClauses Evaluate(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence);

// The answers that meet a criterion that is met, oldest first: the right ones inside the window, and the first right
// answers to as many questions as it asks for.
std::vector<EventRef> EvidenceFor(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence);

// Whether the concept counts as mastered: it was decided, or a criterion that was made easier since is met by the
// evidence that is there. The next answer or request to advance records the latter. `evidence` may be null.
bool CountsAsMastered(const IndexedConcept& indexed, const ConceptState* evidence);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERION_H_
