#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_GATE_VIEW_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_GATE_VIEW_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "edirae/progress/v1/gate.pb.h"
#include "services/progress/domain/content_index.h"
#include "services/progress/domain/learner_state.h"

namespace edirae::progress {

// Every clause of a criterion, in words and with its evidence.
std::vector<v1::ClauseReport> ReportClauses(const catalog::v1::MasteryCriterion& criterion,
                                            const ConceptState& evidence);

// The stage whose gate is meant by `stage_id`: by default the learner's current one, or the last when all are passed.
// Null when the roadmap has no such stage.
const IndexedStage* StageOfGate(const IndexedRoadmap& roadmap, absl::string_view stage_id, const LearnerState& state);

// A gate with everything that it asks for, what is met, what is missing and the evidence.
v1::Gate GateInDetail(const IndexedRoadmap& roadmap, const IndexedStage& stage, const LearnerState& state,
                      absl::string_view learner_id, int64_t catalog_revision);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_GATE_VIEW_H_
