#include "services/progress/domain/gate.h"

#include <algorithm>

#include "services/progress/domain/inheritance.h"
#include "services/progress/domain/view.h"

namespace edirae::progress {

int MasteredCount(const IndexedStage& stage, const LearnerState& state) {
  return static_cast<int>(std::ranges::count_if(stage.concepts, [&](const IndexedConcept* required) {
    return !required->content->optional() && CountsAsMastered(*required, CountedEvidence(*required, state).get());
  }));
}

Clauses WeighGate(const IndexedStage& stage, const LearnerState& state) {
  if (stage.gate == nullptr || !stage.gate->milestone_approved()) return {};
  const bool approved = state.Approval(stage.milestone) != nullptr;
  return {{v1::CRITERION_CLAUSE_MILESTONE_APPROVED, approved ? 1 : 0, 1, 0, approved}};
}

v1::GateReport EvaluateGate(const IndexedStage& stage, const LearnerState& state) {
  static const ConceptState kNoEvidence;
  v1::GateReport report;
  report.set_required_count(stage.required_count);
  report.set_mastered_count(MasteredCount(stage, state));
  AddUnmet(WeighGate(stage, state), *report.mutable_unmet());
  report.set_ready(report.mastered_count() == report.required_count() && report.unmet().empty());
  for (const IndexedConcept* required : stage.concepts) {
    const CountedEvidence evidence(*required, state);
    if (required->content->optional() || CountsAsMastered(*required, evidence.get())) continue;
    v1::MissingConcept& missing = *report.add_missing();
    missing.set_concept_id(required->content->concept_id());
    AddUnmet(Weigh(*required->criterion, evidence ? *evidence : kNoEvidence), *missing.mutable_unmet());
  }
  return report;
}

const IndexedStage* CurrentStage(const IndexedRoadmap& roadmap, const LearnerState& state) {
  for (const IndexedStage& stage : roadmap.stages) {
    if (!state.Passed(stage.key)) return &stage;
  }
  return nullptr;
}

const IndexedStage* FindStage(const IndexedRoadmap& roadmap, absl::string_view stage_id) {
  for (const IndexedStage& stage : roadmap.stages) {
    if (stage.content->stage_id() == stage_id) return &stage;
  }
  return nullptr;
}

}  // namespace edirae::progress
