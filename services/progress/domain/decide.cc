#include "services/progress/domain/decide.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/domain/criterion.h"
#include "services/progress/domain/fold.h"
#include "services/progress/domain/gate.h"
#include "services/progress/domain/grade.h"
#include "services/progress/domain/inheritance.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/domain/view.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;

absl::Status NotFound(const char* reason, absl::string_view field, const std::string& id) {
  return MakeError(absl::StatusCode::kNotFound, reason, absl::StrCat("the catalog has no ", field, " '", id, "'"),
                   {{std::string(field), id}});
}

absl::Status Invalid(const char* reason, absl::string_view message, absl::string_view field) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, message, {{"field", std::string(field)}});
}

// INVALID_ARGUMENT with the values that there are unless the rating is one of them.
absl::Status CheckRating(events::v1::CardRating rating) {
  if (rating != events::v1::CARD_RATING_UNSPECIFIED && events::v1::CardRating_IsValid(rating)) return absl::OkStatus();
  constexpr char kRatings[] = "CARD_RATING_AGAIN, CARD_RATING_HARD, CARD_RATING_GOOD or CARD_RATING_EASY";
  if (rating == events::v1::CARD_RATING_UNSPECIFIED) {
    return Invalid(reason::kMissingField, absl::StrCat("rating is required: ", kRatings), "rating");
  }
  return Invalid(reason::kOutOfRange, absl::StrCat("rating is ", static_cast<int>(rating), "; give ", kRatings),
                 "rating");
}

// Collects the events of one action. Construct it when nothing can be refused any more.
class Recorder {
 public:
  Recorder(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state, const Circumstances& around)
      : action_(action), occur_time_(occur_time), state_(state), around_(around) {
    decision_.events.reserve(4);
  }

  // The next event with its head filled; give it a body, then call `Commit`.
  LearnerEvent& Begin() {
    LearnerEvent& event = decision_.events.emplace_back();
    event.set_event_id(around_.new_event_id());
    event.set_learner_id(around_.learner_id);
    event.set_learner_seq(state_.last_seq() + 1);
    event.set_partition(PartitionOf(around_.learner_id));
    *event.mutable_occur_time() = ToProto(occur_time_);
    *event.mutable_record_time() = ToProto(around_.now);
    event.set_catalog_revision(around_.content.revision());
    event.set_request_id(action_.request_id());
    event.set_request_ordinal(static_cast<int32_t>(decision_.events.size()) - 1);
    return event;
  }

  absl::Status Commit() { return Fold(state_, decision_.events.back()); }

  // Records the mastery of a concept when the evidence suffices and nothing was recorded before.
  absl::Status MasterIfMet(const IndexedConcept& indexed) {
    const CountedEvidence evidence(indexed, state_);
    if (!evidence || evidence->mastered.seq != 0) return absl::OkStatus();
    if (!Evaluate(*indexed.criterion, *evidence).empty()) return absl::OkStatus();
    auto& mastery = *Begin().mutable_concept_mastered();
    mastery.set_concept_id(indexed.content->concept_id());
    mastery.set_criterion_id(indexed.criterion->criterion_id());
    mastery.set_criterion_version(indexed.criterion->version());
    for (const EventRef& ref : EvidenceFor(*indexed.criterion, *evidence)) {
      mastery.add_evidence_event_ids(ref.id.ToString());
    }
    decision_.outcome.add_mastered_concept_ids(indexed.content->concept_id());
    return Commit();
  }

  v1::ActionOutcome& outcome() { return decision_.outcome; }

  Decision Finish() {
    v1::ActionOutcome& outcome = decision_.outcome;
    outcome.set_event_id(decision_.events.front().event_id());
    outcome.set_learner_seq(decision_.events.front().learner_seq());
    outcome.set_as_of_seq(state_.last_seq());
    outcome.set_catalog_revision(around_.content.revision());
    return std::move(decision_);
  }

 private:
  const v1::LearnerAction& action_;
  const absl::Time occur_time_;
  LearnerState& state_;
  const Circumstances& around_;
  Decision decision_;
};

absl::StatusOr<absl::Time> OccurTime(const v1::LearnerAction& action, absl::Time now) {
  if (!action.has_occur_time()) return now;
  const auto& proto = action.occur_time();
  const absl::Time time = FromProto(proto);
  if (proto.nanos() < 0 || proto.nanos() > 999'999'999 || time > now + limits::kMaxOccurAhead ||
      time < now - limits::kMaxOccurAge) {
    return Invalid(reason::kOccurTimeOutOfRange, "occur_time is more than 5 minutes ahead or older than 30 days",
                   "occur_time");
  }
  return std::min(time, now);  // an event never happens after it was recorded
}

absl::StatusOr<Decision> Answer(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                const Circumstances& around) {
  const v1::AnswerQuestion& answer = action.answer_question();
  const IndexedQuestion* question = around.content.FindQuestion(answer.question_id());
  if (question == nullptr) return NotFound(reason::kQuestionNotFound, "question_id", answer.question_id());
  EDIRAE_ASSIGN_OR_RETURN(const Graded graded, Grade(*question->content, answer.reply()));

  Recorder recorder(action, occur_time, state, around);
  auto& answered = *recorder.Begin().mutable_question_answered();
  answered.set_question_id(answer.question_id());
  *answered.mutable_concept_ids() = question->content->question().concept_ids();
  *answered.mutable_reply() = answer.reply();
  answered.set_correct(graded.correct);
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  for (const IndexedConcept* indexed : question->concepts) EDIRAE_RETURN_IF_ERROR(recorder.MasterIfMet(*indexed));

  v1::GradedAnswer& detail = *recorder.outcome().mutable_graded_answer();
  detail.set_correct(graded.correct);
  detail.set_score(graded.score);
  if (graded.reply_feedback != nullptr) *detail.mutable_reply_feedback() = *graded.reply_feedback;
  if (graded.other_feedback != nullptr) detail.mutable_reply_feedback()->set_text(*graded.other_feedback);
  for (const auto* feedback : graded.feedback) *detail.add_feedback() = *feedback;
  detail.set_explanation(question->content->key().explanation());
  for (const IndexedConcept* indexed : question->concepts) {
    *detail.add_concepts() = ToProto(*indexed, *CountedEvidence(*indexed, state));
  }
  return recorder.Finish();
}

absl::StatusOr<Decision> Review(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                const Circumstances& around) {
  const v1::ReviewCard& review = action.review_card();
  const catalog::v1::Flashcard* card = around.content.FindCard(review.card_id());
  if (card == nullptr) return NotFound(reason::kCardNotFound, "card_id", review.card_id());
  EDIRAE_RETURN_IF_ERROR(CheckRating(review.rating()));
  Recorder recorder(action, occur_time, state, around);
  auto& reviewed = *recorder.Begin().mutable_card_reviewed();
  reviewed.set_card_id(card->card_id());
  reviewed.set_concept_id(card->concept_id());
  reviewed.set_rating(review.rating());
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

absl::StatusOr<Decision> Open(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                              const Circumstances& around) {
  const std::string& resource_id = action.open_resource().resource_id();
  const catalog::v1::Resource* resource = around.content.FindResource(resource_id);
  if (resource == nullptr) return NotFound(reason::kResourceNotFound, "resource_id", resource_id);
  Recorder recorder(action, occur_time, state, around);
  auto& opened = *recorder.Begin().mutable_resource_opened();
  opened.set_resource_id(resource->resource_id());
  *opened.mutable_concept_ids() = resource->concept_ids();
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

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
  return recorder.Commit();
}

absl::StatusOr<Decision> Advance(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                 const Circumstances& around) {
  const v1::RequestAdvance& request = action.request_advance();
  const IndexedRoadmap* roadmap = around.content.FindRoadmap(request.roadmap_id());
  if (roadmap == nullptr) return NotFound(reason::kRoadmapNotFound, "roadmap_id", request.roadmap_id());
  const IndexedStage* stage = FindStage(*roadmap, request.stage_id());
  if (stage == nullptr) return NotFound(reason::kStageNotFound, "stage_id", request.stage_id());
  const bool passed_before = state.Passed(stage->key);
  if (!passed_before) EDIRAE_RETURN_IF_ERROR(CheckUnlocked(*roadmap, *stage, state));

  v1::GateReport gate = EvaluateGate(*stage, state);
  if (passed_before) {  // what a later revision asks for in addition does not shut an open gate
    gate.set_ready(true);
    gate.clear_missing();
  }
  Recorder recorder(action, occur_time, state, around);
  auto& requested = *recorder.Begin().mutable_advance_requested();
  requested.set_roadmap_id(request.roadmap_id());
  requested.set_stage_id(request.stage_id());
  requested.set_granted(gate.ready());
  for (const auto& missing : gate.missing()) requested.add_missing_concept_ids(missing.concept_id());
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  if (gate.ready() && !passed_before) EDIRAE_RETURN_IF_ERROR(Pass(*roadmap, *stage, state, recorder));

  v1::GateDecision& detail = *recorder.outcome().mutable_gate_decision();
  detail.set_granted(gate.ready());
  *detail.mutable_gate() = std::move(gate);
  return recorder.Finish();
}

}  // namespace

absl::StatusOr<Decision> Decide(const v1::LearnerAction& action, LearnerState& state, const Circumstances& around) {
  EDIRAE_ASSIGN_OR_RETURN(const absl::Time occur_time, OccurTime(action, around.now));
  switch (action.action_case()) {
    case v1::LearnerAction::kAnswerQuestion:
      return Answer(action, occur_time, state, around);
    case v1::LearnerAction::kReviewCard:
      return Review(action, occur_time, state, around);
    case v1::LearnerAction::kOpenResource:
      return Open(action, occur_time, state, around);
    case v1::LearnerAction::kRequestAdvance:
      return Advance(action, occur_time, state, around);
    case v1::LearnerAction::ACTION_NOT_SET:
      break;
  }
  return Invalid(reason::kMissingField, "action must be set", "action");
}

}  // namespace edirae::progress
