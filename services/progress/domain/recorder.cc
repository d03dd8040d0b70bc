#include "services/progress/domain/recorder.h"

#include <utility>

#include "services/progress/domain/criterion.h"
#include "services/progress/domain/event_head.h"
#include "services/progress/domain/fold.h"

namespace edirae::progress {

namespace {

// What a decision about a concept names.
template <class Decided>
void Fill(const IndexedConcept& indexed, const std::vector<EventRef>& evidence, Decided& decided) {
  decided.set_concept_id(indexed.content->concept_id());
  decided.set_criterion_id(indexed.criterion->criterion_id());
  decided.set_criterion_version(indexed.criterion->version());
  *decided.mutable_criterion() = *indexed.criterion;
  for (const EventRef& ref : evidence) decided.add_evidence_event_ids(ref.id.ToString());
}

}  // namespace

using events::v1::LearnerEvent;

Recorder::Recorder(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                   const Circumstances& around)
    : action_(action), occur_time_(occur_time), state_(state), around_(around) {
  decision_.events.reserve(4);
}

LearnerEvent& Recorder::Begin() {
  LearnerEvent& event = decision_.events.emplace_back();
  WriteHead({.event_id = around_.new_event_id(),
             .learner_id = around_.learner_id,
             .learner_seq = state_.last_seq() + 1,
             .occur_time = occur_time_,
             .record_time = around_.now},
            event);
  event.set_catalog_revision(around_.content.revision());
  event.set_request_id(action_.request_id());
  event.set_request_ordinal(static_cast<int32_t>(decision_.events.size()) - 1);
  if (!around_.traceparent.empty()) event.set_traceparent(around_.traceparent.data(), around_.traceparent.size());
  return event;
}

absl::Status Recorder::Commit() { return Fold(state_, decision_.events.back()); }

absl::Status Recorder::MasterIfMet(const IndexedConcept& indexed) {
  const CountedEvidence evidence(indexed, state_);
  if (!evidence || TurnOf(*indexed.criterion, *evidence) != MasteryTurn::kMastered) return absl::OkStatus();
  return Master(indexed, evidence);
}

absl::Status Recorder::Settle(const IndexedConcept& indexed) {
  const CountedEvidence evidence(indexed, state_);
  const MasteryTurn turn = evidence ? TurnOf(*indexed.criterion, *evidence) : MasteryTurn::kNone;
  if (turn == MasteryTurn::kMastered) return Master(indexed, evidence);
  return turn == MasteryTurn::kLapsed ? Lapse(indexed, evidence) : absl::OkStatus();
}

absl::Status Recorder::Master(const IndexedConcept& indexed, const CountedEvidence& evidence) {
  Fill(indexed, EvidenceFor(*indexed.criterion, *evidence), *Begin().mutable_concept_mastered());
  decision_.outcome.add_mastered_concept_ids(indexed.content->concept_id());
  return Commit();
}

absl::Status Recorder::Lapse(const IndexedConcept& indexed, const CountedEvidence& evidence) {
  events::v1::ConceptLapsed& lapsed = *Begin().mutable_concept_lapsed();
  Fill(indexed, EvidenceAgainst(*indexed.criterion, *evidence), lapsed);
  lapsed.set_mastered_event_id(evidence->mastered.id.ToString());
  decision_.outcome.add_lapsed_concept_ids(indexed.content->concept_id());
  return Commit();
}

Decision Recorder::Finish() {
  v1::ActionOutcome& outcome = decision_.outcome;
  outcome.set_event_id(decision_.events.front().event_id());
  outcome.set_learner_seq(decision_.events.front().learner_seq());
  outcome.set_as_of_seq(state_.last_seq());
  outcome.set_catalog_revision(around_.content.revision());
  return std::move(decision_);
}

}  // namespace edirae::progress
