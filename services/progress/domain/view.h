#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_VIEW_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_VIEW_H_

#include "absl/strings/string_view.h"
#include "edirae/progress/v1/progress.pb.h"
#include "services/progress/domain/content_index.h"
#include "services/progress/domain/criterion.h"
#include "services/progress/domain/learner_state.h"

// Learner states as the contract shows them.
namespace edirae::progress {

// Adds the clauses that do not hold.
void AddUnmet(const Clauses& clauses, google::protobuf::RepeatedPtrField<v1::UnmetClause>& to);

v1::ConceptProgress ToProto(const IndexedConcept& indexed, const ConceptState& evidence);

// Where a stage stands; `current` is that of its roadmap, null when all are passed.
v1::StageStatus StatusOf(const IndexedStage& stage, const IndexedStage* current, const LearnerState& state);

// A stage's gate is detailed for the current stage only.
v1::RoadmapProgress ToProto(const IndexedRoadmap& roadmap, const LearnerState& state, absl::string_view learner_id,
                            int64_t catalog_revision);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_VIEW_H_
