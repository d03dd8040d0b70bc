#include "services/progress/domain/answer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/domain/grade.h"
#include "services/progress/domain/inheritance.h"
#include "services/progress/domain/recorder.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/domain/view.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

// An answer that follows another to the same question too soon repeats what the learner was just told.
events::v1::AnswerStanding StandingOf(const IndexedQuestion& question, const LearnerState& state, absl::Time now) {
  const ConceptState* evidence = state.Find(question.concepts.front()->key);
  if (evidence == nullptr) return events::v1::ANSWER_STANDING_COUNTED;
  const int64_t counts_again = absl::ToUnixSeconds(now) - limits::kRepeatSeconds;
  const bool repeated = std::ranges::any_of(evidence->newest, [&](const AnswerOutcome& before) {
    return before.question == question.key && before.at > counts_again;
  });
  return repeated ? events::v1::ANSWER_STANDING_REPEATED : events::v1::ANSWER_STANDING_COUNTED;
}

void Tell(const Graded& graded, const catalog::v1::AnswerKey& key, v1::GradedAnswer& detail) {
  detail.set_correct(graded.correct);
  detail.set_score(graded.score);
  if (graded.reply_feedback != nullptr) *detail.mutable_reply_feedback() = *graded.reply_feedback;
  if (graded.other_feedback != nullptr) detail.mutable_reply_feedback()->set_text(*graded.other_feedback);
  for (const auto* feedback : graded.feedback) *detail.add_feedback() = *feedback;
  detail.set_explanation(key.explanation());
}

absl::Status NoMoreHints(const std::string& question_id, int hint_count) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason::kNoMoreHints,
                   hint_count == 0 ? absl::StrCat("question '", question_id, "' has no hints")
                                   : absl::StrCat("all hints of question '", question_id, "' were shown; answer it"),
                   {{"question_id", question_id}, {"hint_count", absl::StrCat(hint_count)}});
}

}  // namespace

absl::StatusOr<Decision> DecideAnswer(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                      const Circumstances& around) {
  const v1::AnswerQuestion& answer = action.answer_question();
  const IndexedQuestion* question = around.content.FindQuestion(answer.question_id());
  if (question == nullptr) return NotInCatalog(reason::kQuestionNotFound, "question_id", answer.question_id());
  EDIRAE_ASSIGN_OR_RETURN(const Graded graded, Grade(*question->content, answer.reply()));
  const events::v1::AnswerStanding standing = StandingOf(*question, state, around.now);
  const int hints_used = state.HintsShown(question->key);

  Recorder recorder(action, occur_time, state, around);
  events::v1::QuestionAnswered& answered = *recorder.Begin().mutable_question_answered();
  answered.set_question_id(answer.question_id());
  *answered.mutable_concept_ids() = question->content->question().concept_ids();
  *answered.mutable_reply() = answer.reply();
  answered.set_correct(graded.correct);
  answered.set_standing(standing);
  answered.set_hints_used(hints_used);
  answered.set_guess_permille(question->guess_permille);
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  for (const IndexedConcept* indexed : question->concepts) EDIRAE_RETURN_IF_ERROR(recorder.Settle(*indexed));

  v1::GradedAnswer& detail = *recorder.outcome().mutable_graded_answer();
  Tell(graded, question->content->key(), detail);
  detail.set_standing(standing);
  detail.set_hints_used(hints_used);
  for (const IndexedConcept* indexed : question->concepts) {
    *detail.add_concepts() = ToProto(*indexed, *CountedEvidence(*indexed, state));
  }
  return recorder.Finish();
}

absl::StatusOr<Decision> DecideHint(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                    const Circumstances& around) {
  const std::string& question_id = action.request_hint().question_id();
  const IndexedQuestion* question = around.content.FindQuestion(question_id);
  if (question == nullptr) return NotInCatalog(reason::kQuestionNotFound, "question_id", question_id);
  const auto& hints = question->content->key().hints();
  const int shown = state.HintsShown(question->key);
  if (shown >= hints.size()) return NoMoreHints(question_id, hints.size());
  if (shown == 0 && state.open_hints() >= limits::kMaxOpenHints) {
    return MakeError(absl::StatusCode::kFailedPrecondition, reason::kTooManyOpenHints,
                     absl::StrCat("hints of ", limits::kMaxOpenHints,
                                  " questions were shown that are not answered since; answer one of them"));
  }
  Recorder recorder(action, occur_time, state, around);
  events::v1::HintShown& event = *recorder.Begin().mutable_hint_shown();
  event.set_question_id(question_id);
  *event.mutable_concept_ids() = question->content->question().concept_ids();
  event.set_hint_number(shown + 1);
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  v1::ShownHint& detail = *recorder.outcome().mutable_shown_hint();
  detail.set_text(hints[shown]);
  detail.set_hint_number(shown + 1);
  detail.set_remaining_count(hints.size() - shown - 1);
  return recorder.Finish();
}

}  // namespace edirae::progress
