#include "services/recommend/domain/choosing/what_if.h"

#include <algorithm>
#include <utility>

#include "services/recommend/domain/choosing/item_choice.h"
#include "services/recommend/domain/choosing/suggestions.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::choosing {
namespace {

bool Repeats(const LearnerState& state, const TaughtConcept& taught, const TaughtQuestion& question, int64_t at_ms) {
  const ConceptState* answered = state.Find(taught.key);
  if (answered == nullptr) return false;
  return std::ranges::any_of(answered->questions, [&](const SeenQuestion& seen) {
    return seen.item == question.key && seen.counted_ms != 0 && at_ms < seen.counted_ms + limits::kRepeatMs;
  });
}

}  // namespace

LearnerState Imagine(const Models& models, const CourseIndex& course, LearnerState state,
                     const std::vector<Hypothesis>& answers) {
  const int64_t applied_seq = state.applied_seq;
  for (const Hypothesis& it : answers) {
    const TaughtConcept& taught = course.concepts[static_cast<size_t>(it.position)];
    events::v1::LearnerEvent event;
    event.set_learner_seq(state.applied_seq + 1);
    event.mutable_occur_time()->set_seconds(absl::ToUnixSeconds(it.at));
    *event.mutable_record_time() = event.occur_time();
    auto& answer = *event.mutable_question_answered();
    answer.set_question_id(it.question->id);
    for (const std::string& id : it.question->concept_ids) answer.add_concept_ids(id);
    answer.set_correct(it.correct);
    answer.set_standing(Repeats(state, taught, *it.question, absl::ToUnixMillis(it.at))
                            ? events::v1::ANSWER_STANDING_REPEATED
                            : events::v1::ANSWER_STANDING_COUNTED);
    Fold(models, event, state);
  }
  state.applied_seq = applied_seq;
  return state;
}

v1::WhatIfResponse WhatIf(const Models& models, const LearnerState& state, const CourseIndex& course, absl::Time now,
                          const wishing::Wishes* wishes, const std::vector<Hypothesis>& answers, int max_suggestions) {
  const LearnerState imagined = Imagine(models, course, state, answers);
  const absl::Time then = answers.empty() ? now : answers.back().at;
  const LearnerView before(models, state, course, then);
  const LearnerView after(models, imagined, course, then, wishes);
  v1::WhatIfResponse response;
  for (int position = 0; position < after.size(); ++position) {
    const auto about = std::ranges::find(answers, position, &Hypothesis::position);
    if (about == answers.end()) continue;
    const TaughtConcept& taught = after.Taught(position);
    auto& change = *response.add_changes();
    change.set_concept_id(taught.id);
    // Of a question that was never seen: what they would do to those that are seen says less.
    const TaughtQuestion unseen{.concept_keys = about->question->concept_keys};
    change.set_success_chance_before(ChanceOf(before, taught, unseen));
    change.set_success_chance_after(ChanceOf(after, taught, unseen));
    change.set_strength_before(before.StateOf(position).belief.strength);
    change.set_strength_after(after.StateOf(position).belief.strength);
    change.set_secure_before(before.Secure(position));
    change.set_secure_after(after.Secure(position));
  }
  AddTo(*response.mutable_next_steps(), Suggest(after, max_suggestions));
  return response;
}

}  // namespace edirae::recommend::choosing
