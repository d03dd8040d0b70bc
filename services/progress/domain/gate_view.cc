#include "services/progress/domain/gate_view.h"

#include <string>
#include <utility>
#include <vector>

#include "services/progress/domain/clause_words.h"
#include "services/progress/domain/criterion.h"
#include "services/progress/domain/gate.h"
#include "services/progress/domain/inheritance.h"
#include "services/progress/domain/view.h"

namespace edirae::progress {
namespace {

v1::ClauseReport ReportOf(const Clause& clause, int more, const std::vector<EventRef>& evidence) {
  v1::ClauseReport report;
  report.set_clause(clause.clause);
  report.set_met(clause.met);
  report.set_have(clause.have);
  report.set_need(clause.need);
  report.set_window(clause.window);
  report.set_text(InWords(clause));
  if (!clause.met) report.set_missing(MissingInWords(clause, more));
  for (const EventRef& ref : evidence) report.add_evidence_event_ids(ref.id.ToString());
  return report;
}

v1::ConceptGate GateOf(const IndexedConcept& indexed, const LearnerState& state) {
  static const ConceptState kNoEvidence;
  const CountedEvidence counted(indexed, state);
  const ConceptState& evidence = counted ? *counted : kNoEvidence;
  const catalog::v1::MasteryCriterion& criterion = *indexed.criterion;
  v1::ConceptGate gate;
  gate.set_concept_id(indexed.content->concept_id());
  gate.set_criterion_id(criterion.criterion_id());
  gate.set_criterion_version(criterion.version());
  gate.set_status(evidence.answer_count == 0 ? v1::CONCEPT_STATUS_NOT_STARTED : v1::CONCEPT_STATUS_LEARNING);
  if (CountsAsMastered(indexed, &evidence)) gate.set_status(v1::CONCEPT_STATUS_MASTERED);
  if (evidence.mastered.seq != 0) {
    gate.set_mastered_event_id(evidence.mastered.id.ToString());
    return gate;
  }
  for (v1::ClauseReport& clause : ReportClauses(criterion, evidence)) *gate.add_clauses() = std::move(clause);
  return gate;
}

}  // namespace

std::vector<v1::ClauseReport> ReportClauses(const catalog::v1::MasteryCriterion& criterion,
                                            const ConceptState& evidence) {
  std::vector<v1::ClauseReport> reports;
  for (const Clause& clause : Weigh(criterion, evidence)) {
    const bool accuracy = clause.clause == v1::CRITERION_CLAUSE_ACCURACY;
    reports.push_back(ReportOf(clause, accuracy ? RightAnswersToAccuracy(criterion, evidence) : 0,
                               EvidenceFor(clause.clause, criterion, evidence)));
  }
  return reports;
}

const IndexedStage* StageOfGate(const IndexedRoadmap& roadmap, absl::string_view stage_id, const LearnerState& state) {
  if (!stage_id.empty()) return FindStage(roadmap, stage_id);
  const IndexedStage* current = CurrentStage(roadmap, state);
  if (current != nullptr || roadmap.stages.empty()) return current;
  return &roadmap.stages.back();
}

v1::Gate GateInDetail(const IndexedRoadmap& roadmap, const IndexedStage& stage, const LearnerState& state,
                      absl::string_view learner_id, int64_t catalog_revision) {
  v1::Gate gate;
  gate.set_learner_id(std::string(learner_id));
  gate.set_roadmap_id(roadmap.content->roadmap_id());
  gate.set_stage_id(stage.content->stage_id());
  gate.set_status(StatusOf(stage, CurrentStage(roadmap, state), state));
  gate.set_required_count(stage.required_count);
  gate.set_mastered_count(MasteredCount(stage, state));
  gate.set_as_of_seq(state.last_seq());
  gate.set_catalog_revision(catalog_revision);
  for (const IndexedConcept* required : stage.concepts) {
    if (!required->content->optional()) *gate.add_concepts() = GateOf(*required, state);
  }
  if (stage.gate != nullptr) {
    gate.set_criterion_id(stage.gate->criterion_id());
    gate.set_criterion_version(stage.gate->version());
  }
  bool met = true;
  for (const Clause& clause : WeighGate(stage, state)) {
    met = met && clause.met;
    const EventRef* approval = state.Approval(stage.milestone);
    *gate.add_clauses() =
        ReportOf(clause, 0, approval == nullptr ? std::vector<EventRef>() : std::vector<EventRef>{*approval});
  }
  gate.set_ready(state.Passed(stage.key) || (met && gate.mastered_count() == gate.required_count()));
  return gate;
}

}  // namespace edirae::progress
