#include "services/progress/domain/fold.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;

void FoldAnswer(LearnerState& state, const EventRef& ref, const events::v1::QuestionAnswered& answer) {
  const Key question = KeyOf(answer.question_id());
  for (const std::string& concept_id : answer.concept_ids()) {
    ConceptState& evidence = state.Mutable(KeyOf(concept_id));
    ++evidence.answer_count;
    if (answer.correct()) {
      ++evidence.correct_count;
      if (std::ranges::find(evidence.first_correct, question, &FirstCorrect::question) ==
          evidence.first_correct.end()) {
        evidence.first_correct.push_back({question, ref});
      }
    }
    if (evidence.mastered.seq != 0) continue;  // mastery stays, so the window is of no more use
    if (evidence.newest.size() == limits::kEvidenceWindow) evidence.newest.erase(evidence.newest.begin());
    evidence.newest.push_back({ref, answer.correct()});
  }
}

void FoldMastery(LearnerState& state, const EventRef& ref, const events::v1::ConceptMastered& mastery) {
  ConceptState& evidence = state.Mutable(KeyOf(mastery.concept_id()));
  if (evidence.mastered.seq != 0) return;
  evidence.mastered = ref;
  evidence.newest = {};
}

}  // namespace

absl::Status Fold(LearnerState& state, const LearnerEvent& event) {
  if (event.learner_seq() != state.last_seq() + 1) {
    return absl::DataLossError(
        absl::StrCat("history of ", event.learner_id(), ": after ", state.last_seq(), " comes ", event.learner_seq()));
  }
  const auto id = EventId::Parse(event.event_id());
  if (!id) return absl::DataLossError(absl::StrCat("history of ", event.learner_id(), ": an event id is not a UUID"));
  const EventRef ref{event.learner_seq(), *id};
  switch (event.body_case()) {
    case LearnerEvent::kQuestionAnswered:
      FoldAnswer(state, ref, event.question_answered());
      break;
    case LearnerEvent::kConceptMastered:
      FoldMastery(state, ref, event.concept_mastered());
      break;
    case LearnerEvent::kStagePassed:
      state.Pass(KeyOfStage(event.stage_passed().roadmap_id(), event.stage_passed().stage_id()), ref.seq);
      break;
    case LearnerEvent::kCardReviewed:
    case LearnerEvent::kResourceOpened:
    case LearnerEvent::kAdvanceRequested:
    case LearnerEvent::BODY_NOT_SET:  // a kind of a later version
      break;
  }
  state.set_last_seq(ref.seq);
  return absl::OkStatus();
}

}  // namespace edirae::progress
