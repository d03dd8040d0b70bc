#include "services/progress/domain/fold.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/progress/domain/fold_plan.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;

using events::v1::QuestionAnswered;

void NoteCorrect(ConceptState& evidence, const FirstCorrect& right) {
  const auto known = std::ranges::find(evidence.first_correct, right.question, &FirstCorrect::question);
  if (known == evidence.first_correct.end()) {
    evidence.first_correct.push_back(right);
  } else if (known->aided && !right.aided) {
    *known = right;
  }
}

void FoldGradedAnswer(LearnerState& state, const EventRef& ref, uint32_t at, const QuestionAnswered& answer) {
  const Key question = KeyOf(answer.question_id());
  const bool aided = answer.hints_used() > 0;
  state.ForgetHints(question);
  const bool too_fast = answer.standing() == events::v1::ANSWER_STANDING_TOO_FAST;
  if (too_fast) state.NoteFastAnswer(question, at);
  for (const std::string& concept_id : answer.concept_ids()) {
    ConceptState& evidence = state.Mutable(KeyOf(concept_id));
    ++evidence.answer_count;
    if (answer.correct()) ++evidence.correct_count;
    if (too_fast || answer.standing() == events::v1::ANSWER_STANDING_REPEATED) continue;
    if (answer.correct()) NoteCorrect(evidence, {question, ref, at, aided});
    const bool old = answer.standing() == events::v1::ANSWER_STANDING_UNSPECIFIED;
    if (old && evidence.mastered.seq != 0) continue;  // recorded when mastery stayed whatever came
    if (evidence.newest.size() == limits::kEvidenceWindow) evidence.newest.erase(evidence.newest.begin());
    evidence.newest.push_back(
        {ref, question, at, static_cast<uint16_t>(answer.guess_permille()), answer.correct(), aided});
  }
}

// Drops answers that are no evidence any more, except those whose repetition would not count.
void DropUsed(ConceptState& evidence, uint32_t now) {
  std::vector<AnswerOutcome> kept;
  for (const AnswerOutcome& outcome : evidence.newest) {
    if (outcome.at + limits::kRepeatSeconds > int64_t{now}) kept.push_back(outcome);
  }
  evidence.newest = std::move(kept);
}

void FoldMastery(LearnerState& state, const EventRef& ref, uint32_t at, const events::v1::ConceptMastered& mastery) {
  ConceptState& evidence = state.Mutable(KeyOf(mastery.concept_id()));
  if (evidence.mastered.seq != 0) return;
  evidence.mastered = ref;
  DropUsed(evidence, at);
}

void FoldLapse(LearnerState& state, const EventRef& ref, uint32_t at, const events::v1::ConceptLapsed& lapse) {
  ConceptState& evidence = state.Mutable(KeyOf(lapse.concept_id()));
  evidence.mastered = {};
  evidence.lapsed = ref;
  evidence.first_correct = {};
  DropUsed(evidence, at);
}

}  // namespace

absl::Status Fold(LearnerState& state, const LearnerEvent& event) {
  if (event.learner_seq() != state.last_seq() + 1) {
    return absl::DataLossError(
        absl::StrCat("after event ", state.last_seq(), " of a history comes event ", event.learner_seq()));
  }
  const auto id = EventId::Parse(event.event_id());
  if (!id) return absl::DataLossError("an event id is not a UUID");
  const EventRef ref{event.learner_seq(), *id};
  const auto at = static_cast<uint32_t>(std::clamp<int64_t>(event.record_time().seconds(), 0, UINT32_MAX));
  switch (event.body_case()) {
    case LearnerEvent::kQuestionAnswered:
      FoldGradedAnswer(state, ref, at, event.question_answered());
      break;
    case LearnerEvent::kConceptMastered:
      FoldMastery(state, ref, at, event.concept_mastered());
      break;
    case LearnerEvent::kConceptLapsed:
      FoldLapse(state, ref, at, event.concept_lapsed());
      break;
    case LearnerEvent::kHintShown:
      state.ShowHint(KeyOf(event.hint_shown().question_id()), event.hint_shown().hint_number());
      break;
    case LearnerEvent::kStagePassed:
      state.Pass(KeyOfStage(event.stage_passed().roadmap_id(), event.stage_passed().stage_id()), ref.seq);
      break;
    case LearnerEvent::kEnrolled:
    case LearnerEvent::kGoalSet:
    case LearnerEvent::kConceptsPinned:
    case LearnerEvent::kPreferencesSet:
    case LearnerEvent::kProjectStepDone:
    case LearnerEvent::kMilestoneSubmitted:
    case LearnerEvent::kMilestoneWithdrawn:
    case LearnerEvent::kMilestoneClaimed:
    case LearnerEvent::kMilestoneReleased:
    case LearnerEvent::kMilestoneReviewed:
    case LearnerEvent::kMilestoneDecided:
      FoldPlan(state, ref, at, event);
      break;
    case LearnerEvent::kCardReviewed:
    case LearnerEvent::kResourceOpened:
    case LearnerEvent::kAdvanceRequested:
    case LearnerEvent::kPriorKnowledgeDeclared:
    case LearnerEvent::kPlacementFinished:
    case LearnerEvent::kResourceFinished:
    case LearnerEvent::kResourceRated:
    case LearnerEvent::kExplanationRead:
    case LearnerEvent::kLearnerExported:
    case LearnerEvent::kLearnerErased:  // stands in no learner's history
    case LearnerEvent::BODY_NOT_SET:    // a kind of a later version
      break;
  }
  state.set_last_seq(ref.seq);
  return absl::OkStatus();
}

}  // namespace edirae::progress
