#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_GATE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_GATE_H_

#include "absl/strings/string_view.h"
#include "edirae/progress/v1/progress.pb.h"
#include "services/progress/domain/content_index.h"
#include "services/progress/domain/criterion.h"
#include "services/progress/domain/learner_state.h"

namespace edirae::progress {

// Required concepts of a stage that count as mastered.
int MasteredCount(const IndexedStage& stage, const LearnerState& state);

// What the stage's gate criterion asks for beside mastery; empty when it has none.
Clauses WeighGate(const IndexedStage& stage, const LearnerState& state);

// The gate behind a stage: open when all required concepts are mastered and the gate criterion is met, otherwise with
// everything that is missing.
// Does not look at the stages before it.
v1::GateReport EvaluateGate(const IndexedStage& stage, const LearnerState& state);

// The first stage that is not passed; null when all are.
const IndexedStage* CurrentStage(const IndexedRoadmap& roadmap, const LearnerState& state);

// Null when the roadmap has no such stage.
const IndexedStage* FindStage(const IndexedRoadmap& roadmap, absl::string_view stage_id);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_GATE_H_
