#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERION_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERION_H_

#include <vector>

#include "absl/container/inlined_vector.h"
#include "edirae/catalog/v1/content.pb.h"
#include "edirae/progress/v1/progress.pb.h"
#include "services/progress/domain/content_index.h"
#include "services/progress/domain/learner_state.h"

namespace edirae::progress {

// A clause of a criterion, and how far the evidence has come. The numbers are as in `UnmetClause`.
struct Clause {
  v1::CriterionClause clause = v1::CRITERION_CLAUSE_UNSPECIFIED;
  int have = 0;
  int need = 0;
  int window = 0;
  bool met = false;
};
using Clauses = absl::InlinedVector<Clause, 5>;

// Weighs the evidence for a concept that is not mastered: all clauses that the criterion has, in the order of the
// contract.
Clauses Weigh(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence);

// Whether all of them hold.
bool IsMet(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence);

// Whether the answers since a concept was mastered say that it is mastered no longer.
bool HasLapsed(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence);

// What the evidence for a concept asks to be decided now.
enum class MasteryTurn { kNone, kMastered, kLapsed };
MasteryTurn TurnOf(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence);

// The answers that count for a clause, oldest first: never more than it asks for.
std::vector<EventRef> EvidenceFor(v1::CriterionClause clause, const catalog::v1::MasteryCriterion& criterion,
                                  const ConceptState& evidence);

// The answers that meet a criterion that is met, oldest first.
std::vector<EventRef> EvidenceFor(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence);

// The answers by which mastery has lapsed, oldest first.
std::vector<EventRef> EvidenceAgainst(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence);

// How many right answers in a row, without a hint and as hard to guess as those before, would bring the accuracy to
// what the criterion asks for; at most its window.
int RightAnswersToAccuracy(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence);

// Whether the concept counts as mastered: it was decided and has not lapsed, or a criterion that was made easier since
// is met by the evidence that is there. The next answer or request to advance records the latter. `evidence` may be
// null.
bool CountsAsMastered(const IndexedConcept& indexed, const ConceptState* evidence);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_CRITERION_H_
