#include "services/progress/domain/criteria_trial.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/domain/criterion.h"
#include "services/progress/domain/criterion_check.h"
#include "services/progress/domain/fold.h"
#include "services/progress/domain/gate.h"
#include "services/progress/domain/inheritance.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/errors.h"

namespace edirae::progress {

using events::v1::LearnerEvent;

absl::StatusOr<std::shared_ptr<const TriedRoadmap>> TriedRoadmap::Make(std::shared_ptr<const ContentIndex> today,
                                                                       v1::TryCriteriaRequest request) {
  const IndexedRoadmap* roadmap = today->FindRoadmap(request.roadmap_id());
  if (roadmap == nullptr) return NotInCatalog(reason::kRoadmapNotFound, "roadmap_id", request.roadmap_id());
  std::shared_ptr<TriedRoadmap> tried(new TriedRoadmap(std::move(today), std::move(request)));
  tried->Copy(*roadmap);
  EDIRAE_RETURN_IF_ERROR(tried->Change());
  return tried;
}

void TriedRoadmap::Copy(const IndexedRoadmap& roadmap) {
  roadmap_ = roadmap;
  for (IndexedStage& stage : roadmap_.stages) {
    for (const IndexedConcept*& indexed : stage.concepts)
      indexed = &concepts_.try_emplace(indexed->key, *indexed).first->second;
  }
}

absl::Status TriedRoadmap::Change() {
  for (const v1::ConceptTrial& trial : request_.concepts()) {
    const auto found = concepts_.find(KeyOf(trial.concept_id()));
    if (found == concepts_.end() || found->second.content->concept_id() != trial.concept_id()) {
      return NotInCatalog(reason::kConceptNotFound, "concept_id", trial.concept_id());
    }
    if (absl::Status status = CheckCriterion(trial.concept_id(), trial.criterion()); !status.ok()) {
      return MakeError(absl::StatusCode::kInvalidArgument, reason::kOutOfRange, status.message(),
                       {{"concept_id", trial.concept_id()}});
    }
    found->second.criterion = &trial.criterion();
  }
  for (const v1::GateTrial& trial : request_.gates()) {
    const auto stage = std::ranges::find_if(roadmap_.stages, [&](const IndexedStage& candidate) {
      return candidate.content->stage_id() == trial.stage_id();
    });
    if (stage == roadmap_.stages.end()) return NotInCatalog(reason::kStageNotFound, "stage_id", trial.stage_id());
    stage->gate = trial.has_criterion() ? &trial.criterion() : nullptr;
  }
  return absl::OkStatus();
}

const IndexedConcept* TriedRoadmap::FindConcept(Key concept_key) const {
  const auto found = concepts_.find(concept_key);
  return found != concepts_.end() ? &found->second : nullptr;
}

absl::Status CriteriaTrial::Take(const LearnerEvent& event) {
  EDIRAE_RETURN_IF_ERROR(Fold(actual_, event));
  const std::string& roadmap_id = tried_.roadmap().content->roadmap_id();
  const auto concerns = [this](const std::string& id) { return tried_.FindConcept(KeyOf(id)) != nullptr; };
  const bool derived = (event.has_concept_mastered() && concerns(event.concept_mastered().concept_id())) ||
                       (event.has_concept_lapsed() && concerns(event.concept_lapsed().concept_id())) ||
                       (event.has_stage_passed() && event.stage_passed().roadmap_id() == roadmap_id);
  if (derived) {  // it is decided anew
    trial_.set_last_seq(event.learner_seq());
    return absl::OkStatus();
  }
  EDIRAE_RETURN_IF_ERROR(Fold(trial_, event));
  for (const std::string& concept_id : event.question_answered().concept_ids()) {
    const IndexedConcept* indexed = tried_.FindConcept(KeyOf(concept_id));
    if (indexed != nullptr) EDIRAE_RETURN_IF_ERROR(Settle(*indexed, event));
  }
  return event.has_advance_requested() && event.advance_requested().roadmap_id() == roadmap_id ? Advance(event)
                                                                                               : absl::OkStatus();
}

MasteryTurn CriteriaTrial::TurnOf(const IndexedConcept& indexed) const {
  const CountedEvidence evidence(indexed, trial_);
  return evidence ? progress::TurnOf(*indexed.criterion, *evidence) : MasteryTurn::kNone;
}

absl::Status CriteriaTrial::Settle(const IndexedConcept& indexed, const LearnerEvent& cause) {
  if (TurnOf(indexed) != MasteryTurn::kLapsed) return MasterIfMet(indexed, cause);
  LearnerEvent lapsed;
  lapsed.mutable_concept_lapsed()->set_concept_id(indexed.content->concept_id());
  return FoldInPlace(std::move(lapsed), cause);
}

absl::Status CriteriaTrial::MasterIfMet(const IndexedConcept& indexed, const LearnerEvent& cause) {
  if (TurnOf(indexed) != MasteryTurn::kMastered) return absl::OkStatus();
  LearnerEvent mastered;
  mastered.mutable_concept_mastered()->set_concept_id(indexed.content->concept_id());
  return FoldInPlace(std::move(mastered), cause);
}

absl::Status CriteriaTrial::Advance(const LearnerEvent& request) {
  for (const IndexedStage& stage : tried_.roadmap().stages) {
    if (stage.content->stage_id() != request.advance_requested().stage_id()) {
      if (!trial_.Passed(stage.key)) break;  // a stage before it is shut
      continue;
    }
    if (trial_.Passed(stage.key) || !EvaluateGate(stage, trial_).ready()) break;
    for (const IndexedConcept* required : stage.concepts) {
      if (!required->content->optional()) EDIRAE_RETURN_IF_ERROR(MasterIfMet(*required, request));
    }
    trial_.Pass(stage.key, request.learner_seq());
    break;
  }
  return absl::OkStatus();
}

absl::Status CriteriaTrial::FoldInPlace(LearnerEvent event, const LearnerEvent& cause) {
  event.set_event_id(cause.event_id());
  event.set_learner_id(cause.learner_id());
  event.set_learner_seq(cause.learner_seq());
  *event.mutable_record_time() = cause.record_time();
  trial_.set_last_seq(cause.learner_seq() - 1);
  return Fold(trial_, event);
}

bool CriteriaTrial::Compare(v1::ChangedLearner& changed) const {
  const auto mastered = [](const IndexedConcept& indexed, const LearnerState& state) {
    const CountedEvidence evidence(indexed, state);
    return evidence && evidence->mastered.seq != 0;
  };
  const auto note = [](bool was, bool is, const std::string& id, auto& gained, auto& lost) {
    if (was != is) *(is ? gained : lost).Add() = id;
  };
  for (const IndexedStage& stage : tried_.roadmap().stages) {
    note(actual_.Passed(stage.key), trial_.Passed(stage.key), stage.content->stage_id(),
         *changed.mutable_gained_stage_ids(), *changed.mutable_lost_stage_ids());
    for (const IndexedConcept* indexed : stage.concepts) {
      note(mastered(*indexed, actual_), mastered(*indexed, trial_), indexed->content->concept_id(),
           *changed.mutable_gained_concept_ids(), *changed.mutable_lost_concept_ids());
    }
  }
  return changed.gained_stage_ids_size() + changed.lost_stage_ids_size() + changed.gained_concept_ids_size() +
             changed.lost_concept_ids_size() >
         0;
}

}  // namespace edirae::progress
