#include "services/progress/domain/explain.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/progress/domain/criterion.h"
#include "services/progress/domain/fold.h"
#include "services/progress/domain/gate_view.h"
#include "services/progress/domain/inheritance.h"
#include "services/progress/errors.h"

namespace edirae::progress {
namespace {

using catalog::v1::MasteryCriterion;
using events::v1::ConceptMastered;
using events::v1::LearnerEvent;
using Ids = google::protobuf::RepeatedPtrField<std::string>;

bool IsDecision(const LearnerEvent& event) {
  return event.has_concept_mastered() || event.has_concept_lapsed() || event.has_advance_requested() ||
         event.has_stage_passed();
}

// The criterion that a decision names: its own copy, or that of a revision that is kept. Null when neither has it.
template <class Decided>
const MasteryCriterion* CriterionOf(const Decided& decided, const RetainedContent& content) {
  if (decided.has_criterion()) return &decided.criterion();
  const MasteryCriterion* found = nullptr;
  content.ForEach([&](const ContentIndex& revision) {
    const IndexedConcept* indexed = revision.FindConcept(decided.concept_id());
    const bool is_it = indexed != nullptr && indexed->criterion->criterion_id() == decided.criterion_id() &&
                       indexed->criterion->version() == decided.criterion_version();
    if (is_it && found == nullptr) found = indexed->criterion;
  });
  return found;
}

// The event by which a concept was mastered, its own or one that it inherits; seq 0 when it was not.
EventRef MasteryOf(const std::string& concept_id, const ContentIndex& content, const LearnerState& state) {
  if (const IndexedConcept* known = content.FindConcept(concept_id)) {
    const CountedEvidence counted(*known, state);
    return counted ? counted->mastered : EventRef{};
  }
  const ConceptState* own = state.Find(KeyOf(concept_id));
  return own != nullptr ? own->mastered : EventRef{};
}

bool SameIds(const Ids& a, const Ids& b) { return std::ranges::equal(a, b); }

std::string Answers(int count) { return absl::StrCat(count, count == 1 ? " answer" : " answers"); }

v1::Rederivation Compared(bool agrees) { return agrees ? v1::REDERIVATION_AGREES : v1::REDERIVATION_DISAGREES; }

}  // namespace

absl::Status DecisionReplay::Take(const LearnerEvent& event) {
  last_seq_ = event.learner_seq();
  if (decision_) {
    done_ = event.request_id() != decision_->request_id();
    if (!done_ && event.has_concept_mastered()) mastered_with_it_.push_back(event.concept_mastered().concept_id());
    return absl::OkStatus();
  }
  if (event.event_id() == event_id_) {
    decision_ = event;
    return absl::OkStatus();
  }
  Remember(event);
  return Fold(state_, event);
}

void DecisionReplay::Remember(const LearnerEvent& event) {
  if (event.has_concept_mastered()) {
    proofs_[event.event_id()] = {KeyOf(event.concept_mastered().concept_id()), false};
  } else if (event.has_milestone_reviewed() || event.has_milestone_decided()) {
    const std::string& milestone_id = event.has_milestone_decided() ? event.milestone_decided().milestone_id()
                                                                    : event.milestone_reviewed().milestone_id();
    proofs_[event.event_id()] = {KeyOf(milestone_id), true};
  }
}

bool DecisionReplay::Stands(const std::string& event_id) const {
  const auto proof = proofs_.find(event_id);
  const auto id = EventId::Parse(event_id);
  if (proof == proofs_.end() || !id) return false;
  if (proof->second.milestone) {
    const EventRef* approval = state_.Approval(proof->second.subject);
    return approval != nullptr && approval->id == *id;
  }
  const ConceptState* evidence = state_.Find(proof->second.subject);
  return evidence != nullptr && evidence->mastered.seq != 0 && evidence->mastered.id == *id;
}

absl::StatusOr<v1::DecisionExplanation> DecisionReplay::Explain(const RetainedContent& content) const {
  if (!decision_ || !IsDecision(*decision_)) {
    return MakeError(absl::StatusCode::kNotFound, reason::kDecisionNotFound,
                     "the history has no decision with this event id", {{"event_id", event_id_}});
  }
  v1::DecisionExplanation explanation;
  *explanation.mutable_event() = *decision_;
  if (decision_->has_concept_mastered()) {
    ExplainConcept(decision_->concept_mastered(), content, explanation);
  } else if (decision_->has_concept_lapsed()) {
    ExplainConcept(decision_->concept_lapsed(), content, explanation);
  } else if (decision_->has_advance_requested()) {
    ExplainAdvance(decision_->advance_requested(), content, explanation);
  } else {
    ExplainPassage(decision_->stage_passed(), explanation);
  }
  return explanation;
}

template <class Decided>
void DecisionReplay::ExplainConcept(const Decided& decided, const RetainedContent& content,
                                    v1::DecisionExplanation& to) const {
  constexpr bool kMastery = std::is_same_v<Decided, ConceptMastered>;
  const std::string what =
      absl::StrCat(kMastery ? "mastery of '" : "the lapse of '", decided.concept_id(), "' by criterion '",
                   decided.criterion_id(), "' version ", decided.criterion_version());
  const MasteryCriterion* criterion = CriterionOf(decided, content);
  if (criterion == nullptr) {
    to.set_rederivation(v1::REDERIVATION_CRITERION_GONE);
    to.set_text(absl::StrCat(what, ": that version is not kept any more, and the event does not hold it"));
    return;
  }
  const IndexedConcept* known = content.newest().FindConcept(decided.concept_id());
  const IndexedConcept indexed{.content = known != nullptr ? known->content : nullptr,
                               .criterion = criterion,
                               .key = KeyOf(decided.concept_id()),
                               .ancestors = known != nullptr ? known->ancestors : std::vector<IndexedAncestor>()};
  static const ConceptState kNothing;
  const CountedEvidence counted(indexed, state_);
  const ConceptState& evidence = counted ? *counted : kNothing;
  if constexpr (kMastery) {
    to.set_verdict(evidence.mastered.seq == 0 && IsMet(*criterion, evidence));
    for (v1::ClauseReport& clause : ReportClauses(*criterion, evidence)) *to.add_clauses() = std::move(clause);
  } else {
    to.set_verdict(HasLapsed(*criterion, evidence));
  }
  const auto refs = kMastery ? EvidenceFor(*criterion, evidence) : EvidenceAgainst(*criterion, evidence);
  for (const EventRef& ref : refs) to.add_evidence_event_ids(ref.id.ToString());
  const bool same = SameIds(to.evidence_event_ids(), decided.evidence_event_ids());
  to.set_rederivation(Compared(to.verdict() && same));
  to.set_text(absl::StrCat(what, to.verdict() ? ": follows from " : ": does not follow from ",
                           Answers(to.evidence_event_ids_size()),
                           same ? ", those that the event names" : ", and the event names others"));
}

void DecisionReplay::ExplainAdvance(const events::v1::AdvanceRequested& decided, const RetainedContent& content,
                                    v1::DecisionExplanation& to) const {
  const std::string what = absl::StrCat("the gate of '", decided.stage_id(), "'");
  if (state_.Passed(KeyOfStage(decided.roadmap_id(), decided.stage_id()))) {
    to.set_verdict(true);
    to.set_rederivation(Compared(decided.granted()));
    to.set_text(absl::StrCat(what, " had opened before, and stays open"));
    return;
  }
  if (decided.required_concept_ids().empty()) {
    to.set_rederivation(v1::REDERIVATION_CRITERION_GONE);
    to.set_text(absl::StrCat(what, ": the event was recorded before requests held what the gate asked for"));
    return;
  }
  Ids missing;
  for (const std::string& id : decided.required_concept_ids()) {
    const EventRef mastered = MasteryOf(id, content.newest(), state_);
    if (mastered.seq != 0) {
      to.add_evidence_event_ids(mastered.id.ToString());
    } else if (std::ranges::find(mastered_with_it_, id) == mastered_with_it_.end()) {
      *missing.Add() = id;
    }
  }
  bool approved = decided.missing_milestone_id().empty();
  if (!approved) approved = state_.Approval(KeyOf(decided.missing_milestone_id())) != nullptr;
  for (const std::string& id : decided.evidence_event_ids()) {
    const auto proof = proofs_.find(id);
    if (proof != proofs_.end() && proof->second.milestone && Stands(id)) to.add_evidence_event_ids(id);
  }
  to.set_verdict(missing.empty() && approved);
  to.set_rederivation(Compared(to.verdict() == decided.granted() && SameIds(missing, decided.missing_concept_ids()) &&
                               SameIds(to.evidence_event_ids(), decided.evidence_event_ids())));
  to.set_text(absl::StrCat(what, ": ", decided.required_concept_ids_size() - missing.size(), " of ",
                           decided.required_concept_ids_size(), " required concepts were mastered",
                           approved ? "" : ", and the milestone was not approved"));
}

void DecisionReplay::ExplainPassage(const events::v1::StagePassed& decided, v1::DecisionExplanation& to) const {
  for (const std::string& id : decided.evidence_event_ids()) {
    if (Stands(id)) to.add_evidence_event_ids(id);
  }
  to.set_verdict(to.evidence_event_ids_size() == decided.evidence_event_ids_size());
  to.set_rederivation(Compared(to.verdict()));
  to.set_text(absl::StrCat("the passage of '", decided.stage_id(), "' rests on ", decided.evidence_event_ids_size(),
                           " decisions, of which ", to.evidence_event_ids_size(), " stood"));
}

}  // namespace edirae::progress
