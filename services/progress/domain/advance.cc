#include "services/progress/domain/advance.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/domain/gate.h"
#include "services/progress/domain/inheritance.h"
#include "services/progress/domain/recorder.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/errors.h"

namespace edirae::progress {
namespace {

// FAILED_PRECONDITION unless every stage before `stage` is passed.
absl::Status CheckUnlocked(const IndexedRoadmap& roadmap, const IndexedStage& stage, const LearnerState& state) {
  for (const IndexedStage* before = &roadmap.stages.front(); before != &stage; ++before) {
    if (state.Passed(before->key)) continue;
    return MakeError(absl::StatusCode::kFailedPrecondition, reason::kStageLocked,
                     absl::StrCat("stage '", stage.content->stage_id(), "' is locked: '", before->content->stage_id(),
                                  "' comes first and is not passed"),
                     {{"stage_id", stage.content->stage_id()}, {"missing_stage_id", before->content->stage_id()}});
  }
  return absl::OkStatus();
}

// Opens the gate: what the evidence proves is recorded first, so that the passage can name it.
absl::Status Pass(const IndexedRoadmap& roadmap, const IndexedStage& stage, LearnerState& state, Recorder& recorder) {
  for (const IndexedConcept* required : stage.concepts) {
    if (!required->content->optional()) EDIRAE_RETURN_IF_ERROR(recorder.MasterIfMet(*required));
  }
  auto& passed = *recorder.Begin().mutable_stage_passed();
  passed.set_roadmap_id(roadmap.content->roadmap_id());
  passed.set_stage_id(stage.content->stage_id());
  for (const IndexedConcept* required : stage.concepts) {
    if (required->content->optional()) continue;
    passed.add_evidence_event_ids(CountedEvidence(*required, state)->mastered.id.ToString());
  }
  if (stage.gate != nullptr) {
    passed.set_criterion_id(stage.gate->criterion_id());
    passed.set_criterion_version(stage.gate->version());
    if (stage.gate->milestone_approved()) {
      passed.add_evidence_event_ids(state.Approval(stage.milestone)->id.ToString());
    }
  }
  return recorder.Commit();
}

// What was asked for, and what of it there was. A mastery that the request itself brings about stands in the events
// that follow.
void NameEvidence(const IndexedStage& stage, const LearnerState& state, events::v1::AdvanceRequested& requested) {
  for (const IndexedConcept* required : stage.concepts) {
    if (required->content->optional()) continue;
    requested.add_required_concept_ids(required->content->concept_id());
    const CountedEvidence evidence(*required, state);
    if (evidence && evidence->mastered.seq != 0) requested.add_evidence_event_ids(evidence->mastered.id.ToString());
  }
  if (stage.gate == nullptr || !stage.gate->milestone_approved()) return;
  if (const EventRef* approval = state.Approval(stage.milestone)) {
    requested.add_evidence_event_ids(approval->id.ToString());
  }
}

}  // namespace

absl::StatusOr<Decision> DecideAdvance(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                       const Circumstances& around) {
  const v1::RequestAdvance& request = action.request_advance();
  const IndexedRoadmap* roadmap = around.content.FindRoadmap(request.roadmap_id());
  if (roadmap == nullptr) return NotInCatalog(reason::kRoadmapNotFound, "roadmap_id", request.roadmap_id());
  const IndexedStage* stage = FindStage(*roadmap, request.stage_id());
  if (stage == nullptr) return NoSuchStage(request.roadmap_id(), request.stage_id());
  const bool passed_before = state.Passed(stage->key);
  if (!passed_before) EDIRAE_RETURN_IF_ERROR(CheckUnlocked(*roadmap, *stage, state));

  v1::GateReport gate = EvaluateGate(*stage, state);
  if (passed_before) {  // what a later revision asks for in addition does not shut an open gate
    gate.set_ready(true);
    gate.clear_missing();
    gate.clear_unmet();
  }
  Recorder recorder(action, occur_time, state, around);
  auto& requested = *recorder.Begin().mutable_advance_requested();
  requested.set_roadmap_id(request.roadmap_id());
  requested.set_stage_id(request.stage_id());
  requested.set_granted(gate.ready());
  for (const auto& missing : gate.missing()) requested.add_missing_concept_ids(missing.concept_id());
  NameEvidence(*stage, state, requested);
  if (stage->gate != nullptr) {
    requested.set_criterion_id(stage->gate->criterion_id());
    requested.set_criterion_version(stage->gate->version());
    if (!gate.unmet().empty()) requested.set_missing_milestone_id(stage->content->milestone().milestone_id());
  }
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  if (gate.ready() && !passed_before) EDIRAE_RETURN_IF_ERROR(Pass(*roadmap, *stage, state, recorder));

  v1::GateDecision& detail = *recorder.outcome().mutable_gate_decision();
  detail.set_granted(gate.ready());
  *detail.mutable_gate() = std::move(gate);
  return recorder.Finish();
}

}  // namespace edirae::progress
