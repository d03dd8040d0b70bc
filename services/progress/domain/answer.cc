#include "services/progress/domain/answer.h"

#include <algorithm>
#include <cmath>

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/domain/grade.h"
#include "services/progress/domain/inheritance.h"
#include "services/progress/domain/recorder.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/domain/response_time.h"
#include "services/progress/domain/view.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

// The question as the learner saw it.
struct SeenQuestion {
  const IndexedQuestion* question = nullptr;
  int64_t revision = 0;
  bool instead = false;  // of a revision that is not kept, or lacks the question
};

SeenQuestion FindSeen(const v1::AnswerQuestion& answer, const Circumstances& around) {
  const int64_t asked = answer.catalog_revision();
  const bool older = asked != 0 && asked != around.content.revision();
  const ContentIndex* seen = older && around.retained != nullptr ? around.retained->Find(asked) : nullptr;
  const IndexedQuestion* then = seen != nullptr ? seen->FindQuestion(answer.question_id()) : nullptr;
  if (then != nullptr) return {then, asked};
  return {around.content.FindQuestion(answer.question_id()), around.content.revision(), older};
}

absl::Status CheckNumbers(const v1::AnswerQuestion& answer) {
  if (answer.response_time_ms() < 0 || answer.response_time_ms() > limits::kMaxResponseMilliseconds) {
    return Invalid(
        reason::kOutOfRange,
        absl::StrCat("response_time_ms is 0 to ", limits::kMaxResponseMilliseconds, ", or 0 if not measured"),
        "response_time_ms");
  }
  if (answer.catalog_revision() >= 0) return absl::OkStatus();
  return Invalid(reason::kOutOfRange, "catalog_revision must not be negative", "catalog_revision");
}

// An answer that follows another to the same question too soon repeats what the learner was just told, also when the
// other was too fast to count.
bool IsRepeated(const IndexedQuestion& question, const LearnerState& state, absl::Time now) {
  const int64_t counts_again = absl::ToUnixSeconds(now) - limits::kRepeatSeconds;
  const auto recent = [&](const auto& before) { return before.question == question.key && before.at > counts_again; };
  if (std::ranges::any_of(state.fast_answers(), recent)) return true;
  const ConceptState* evidence = state.Find(question.concepts.front()->key);
  return evidence != nullptr && std::ranges::any_of(evidence->newest, recent);
}

events::v1::AnswerStanding StandingOf(const v1::AnswerQuestion& answer, const IndexedQuestion& question,
                                      const LearnerState& state, absl::Time now) {
  if (IsRepeated(question, state, now)) return events::v1::ANSWER_STANDING_REPEATED;
  const bool too_fast = answer.response_time_ms() > 0 && absl::Milliseconds(answer.response_time_ms()) <
                                                             FastestReply(question.content->question(), answer.reply());
  return too_fast ? events::v1::ANSWER_STANDING_TOO_FAST : events::v1::ANSWER_STANDING_COUNTED;
}

// Refuses what could not be remembered: forgotten, it would let a learner see explanations for nothing.
absl::Status CheckFastAnswers(const LearnerState& state, absl::Time now) {
  const int64_t counts_again = absl::ToUnixSeconds(now) - limits::kRepeatSeconds;
  const auto recent =
      std::ranges::count_if(state.fast_answers(), [&](const auto& fast) { return fast.at > counts_again; });
  if (static_cast<size_t>(recent) < limits::kMaxFastAnswers) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kFailedPrecondition, reason::kTooManyFastAnswers,
      absl::StrCat(limits::kMaxFastAnswers, " answers in 12 hours came too fast to be read; take your time"));
}

// 1000 exactly for a right answer.
int32_t ScorePermille(const Graded& graded) {
  constexpr int kWhole = 1000;
  return graded.correct ? kWhole : std::min(static_cast<int>(std::lround(graded.score * kWhole)), kWhole - 1);
}

// The question's concepts as they are now: criteria are those of today, whatever graded the answer.
absl::InlinedVector<const IndexedConcept*, 4> Today(const IndexedQuestion& question, const ContentIndex& content) {
  absl::InlinedVector<const IndexedConcept*, 4> found;
  for (const IndexedConcept* seen : question.concepts) {
    if (const IndexedConcept* now = content.FindConcept(seen->content->concept_id())) found.push_back(now);
  }
  return found;
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
  EDIRAE_RETURN_IF_ERROR(CheckNumbers(answer));
  const auto [question, revision, instead] = FindSeen(answer, around);
  if (question == nullptr) return NotInCatalog(reason::kQuestionNotFound, "question_id", answer.question_id());
  EDIRAE_ASSIGN_OR_RETURN(const Graded graded, Grade(*question->content, answer.reply()));
  const events::v1::AnswerStanding standing = StandingOf(answer, *question, state, around.now);
  if (standing == events::v1::ANSWER_STANDING_TOO_FAST) EDIRAE_RETURN_IF_ERROR(CheckFastAnswers(state, around.now));
  const int hints_used = state.HintsShown(question->key);

  Recorder recorder(action, occur_time, state, around);
  events::v1::LearnerEvent& event = recorder.Begin();
  event.set_catalog_revision(revision);
  events::v1::QuestionAnswered& answered = *event.mutable_question_answered();
  answered.set_question_id(answer.question_id());
  *answered.mutable_concept_ids() = question->content->question().concept_ids();
  *answered.mutable_reply() = answer.reply();
  answered.set_correct(graded.correct);
  answered.set_standing(standing);
  answered.set_hints_used(hints_used);
  answered.set_guess_permille(question->guess_permille);
  answered.set_response_time_ms(answer.response_time_ms());
  answered.set_score_permille(ScorePermille(graded));
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  const auto concepts = Today(*question, around.content);
  for (const IndexedConcept* indexed : concepts) EDIRAE_RETURN_IF_ERROR(recorder.Settle(*indexed));

  v1::GradedAnswer& detail = *recorder.outcome().mutable_graded_answer();
  Tell(graded, question->content->key(), detail);
  detail.set_standing(standing);
  detail.set_hints_used(hints_used);
  detail.set_graded_by_newest(instead);
  for (const IndexedConcept* indexed : concepts) {
    if (const CountedEvidence evidence(*indexed, state); evidence)
      *detail.add_concepts() = ToProto(*indexed, *evidence);
  }
  Decision decision = recorder.Finish();
  decision.outcome.set_catalog_revision(revision);
  return decision;
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
