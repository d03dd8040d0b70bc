#include "services/progress/domain/view.h"

#include <string>

#include "services/progress/domain/gate.h"
#include "services/progress/domain/inheritance.h"

namespace edirae::progress {
namespace {

v1::StageProgress ToProto(const IndexedStage& stage, const IndexedStage* current, const LearnerState& state) {
  v1::StageProgress progress;
  progress.set_stage_id(stage.content->stage_id());
  progress.set_status(StatusOf(stage, current, state));
  if (&stage == current) {
    *progress.mutable_gate() = EvaluateGate(stage, state);
    return progress;
  }
  progress.mutable_gate()->set_mastered_count(MasteredCount(stage, state));
  progress.mutable_gate()->set_required_count(stage.required_count);
  return progress;
}

v1::MilestoneStatus StatusOf(const MilestoneWork& work, const LearnerState& state) {
  if (state.Approval(work.milestone) != nullptr) return v1::MILESTONE_STATUS_APPROVED;
  if (work.open) return v1::MILESTONE_STATUS_SUBMITTED;
  return work.decided == events::v1::REVIEW_VERDICT_RETURNED ? v1::MILESTONE_STATUS_RETURNED
                                                             : v1::MILESTONE_STATUS_IN_WORK;
}

v1::MilestoneProgress ToProto(const std::string& milestone_id, const MilestoneWork& work, const LearnerState& state) {
  v1::MilestoneProgress progress;
  progress.set_milestone_id(milestone_id);
  progress.set_status(StatusOf(work, state));
  progress.set_attempt(work.attempts);
  if (work.attempts > 0) progress.set_submission_id(work.newest.ToString());
  progress.set_feedback(work.feedback);
  *progress.mutable_done_step_ids() = {work.done_steps.begin(), work.done_steps.end()};
  return progress;
}

// What the learner intends on the roadmap, and what they work on.
void AddPlan(const IndexedRoadmap& roadmap, const LearnerState& state, v1::RoadmapProgress& progress) {
  const LearnerPlan& plan = state.plan();
  if (const Enrolment* enrolment = plan.EnrolmentIn(KeyOf(roadmap.content->roadmap_id()))) {
    progress.mutable_enroll_time()->set_seconds(enrolment->at);
  }
  if (plan.goal) *progress.mutable_goal() = *plan.goal;
  *progress.mutable_pins() = plan.pins.pins();
  if (plan.preferences) *progress.mutable_preferences() = *plan.preferences;
  for (const IndexedStage& stage : roadmap.stages) {
    const MilestoneWork* work = stage.milestone != 0 ? plan.FindWork(stage.milestone) : nullptr;
    if (work == nullptr) continue;
    *progress.add_milestones() = ToProto(stage.content->milestone().milestone_id(), *work, state);
  }
}

}  // namespace

void AddUnmet(const Clauses& clauses, google::protobuf::RepeatedPtrField<v1::UnmetClause>& to) {
  for (const Clause& clause : clauses) {
    if (clause.met) continue;
    v1::UnmetClause& added = *to.Add();
    added.set_clause(clause.clause);
    added.set_have(clause.have);
    added.set_need(clause.need);
    added.set_window(clause.window);
  }
}

v1::StageStatus StatusOf(const IndexedStage& stage, const IndexedStage* current, const LearnerState& state) {
  if (&stage == current) return v1::STAGE_STATUS_CURRENT;
  return state.Passed(stage.key) ? v1::STAGE_STATUS_PASSED : v1::STAGE_STATUS_LOCKED;
}

v1::ConceptProgress ToProto(const IndexedConcept& indexed, const ConceptState& evidence) {
  v1::ConceptProgress progress;
  progress.set_concept_id(indexed.content->concept_id());
  progress.set_answer_count(evidence.answer_count);
  progress.set_correct_count(evidence.correct_count);
  progress.set_distinct_correct_count(static_cast<int32_t>(evidence.first_correct.size()));
  if (CountsAsMastered(indexed, &evidence)) {
    progress.set_status(v1::CONCEPT_STATUS_MASTERED);
    if (evidence.mastered.seq != 0) progress.set_mastered_event_id(evidence.mastered.id.ToString());
  } else {
    progress.set_status(v1::CONCEPT_STATUS_LEARNING);
    AddUnmet(Weigh(*indexed.criterion, evidence), *progress.mutable_unmet());
  }
  return progress;
}

v1::RoadmapProgress ToProto(const IndexedRoadmap& roadmap, const LearnerState& state, absl::string_view learner_id,
                            int64_t catalog_revision) {
  v1::RoadmapProgress progress;
  progress.set_learner_id(std::string(learner_id));
  progress.set_roadmap_id(roadmap.content->roadmap_id());
  progress.set_as_of_seq(state.last_seq());
  progress.set_catalog_revision(catalog_revision);
  progress.set_required_count(roadmap.required_count);
  const IndexedStage* current = CurrentStage(roadmap, state);
  if (current != nullptr) progress.set_current_stage_id(current->content->stage_id());
  int mastered = 0;
  for (const IndexedStage& stage : roadmap.stages) {
    v1::StageProgress& added = *progress.add_stages();
    added = ToProto(stage, current, state);
    mastered += added.gate().mastered_count();
    for (const IndexedConcept* indexed : stage.concepts) {
      const CountedEvidence evidence(*indexed, state);
      if (evidence) *progress.add_concepts() = ToProto(*indexed, *evidence);
    }
  }
  progress.set_mastered_required_count(mastered);
  AddPlan(roadmap, state, progress);
  return progress;
}

}  // namespace edirae::progress
