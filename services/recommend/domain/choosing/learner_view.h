#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_LEARNER_VIEW_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_LEARNER_VIEW_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/durations.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/models.h"
#include "services/recommend/domain/wishing/way.h"
#include "services/recommend/domain/wishing/wishes.h"

namespace edirae::recommend::choosing {

// A concept with which something happened, as far as looking through all of them asks.
struct TouchedConcept {
  int position = 0;
  int answers_today = 0;
  int64_t due_ms = 0;  // as LearnerView::DueMs
};

// A learner on one course at one moment: what all choices and explanations look at. Concepts are named by position in
// the course. Borrows everything that it is made of. Linear in the concepts to make, constant to ask. `wishes` may be
// null: of a learner who wishes nothing.
class LearnerView {
 public:
  LearnerView(const Models& models, const LearnerState& learner, const CourseIndex& course, absl::Time now,
              const wishing::Wishes* wishes = nullptr);

  const Models& models() const { return models_; }
  const LearnerState& learner() const { return learner_; }
  const CourseIndex& course() const { return course_; }
  const TaughtConcept& Taught(int position) const { return course_.concepts[static_cast<size_t>(position)]; }
  int size() const { return static_cast<int>(states_.size()); }
  int64_t now_ms() const { return now_ms_; }
  double now_days() const { return static_cast<double>(now_ms_) / static_cast<double>(kDayMs); }

  absl::CivilDay today() const;  // UTC

  // Null for a learner who wishes nothing.
  const wishing::Wishes* wishes() const { return wishes_; }
  // To what they wish, from where they stand; null without wishes.
  const wishing::Way* way() const { return way_.has_value() ? &*way_ : nullptr; }
  // By position: mastered, or among `known`.
  std::vector<bool> Done(const std::vector<int>& known) const;

  // An empty state when nothing happened with the concept yet.
  const ConceptState& StateOf(int position) const {
    const ConceptState* state = states_[static_cast<size_t>(position)];
    return state == nullptr ? Untouched() : *state;
  }
  bool Touched(int position) const { return states_[static_cast<size_t>(position)] != nullptr; }
  // All that are touched, in no order that means anything.
  const std::vector<TouchedConcept>& touched() const { return touched_; }
  // The first stage that is not passed; the number of stages when all are.
  int current_stage() const { return current_stage_; }
  // One past the last concept of the stages that are open: those passed, and the current one.
  int end_open() const { return end_open_; }

  // What has become of the stage's milestone.
  MilestoneStanding MilestoneOf(const TaughtStage& stage) const;

  // What the ledger decided.
  bool Mastered(int position) const { return mastered_[static_cast<size_t>(position)]; }
  bool Begun(int position) const { return StateOf(position).answers > 0; }
  // What the models believe: it is learned, as far as one can tell.
  bool Secure(int position) const { return Begun(position) && StateOf(position).belief.secure; }
  // Enough different questions are right, and nearly all of the newest: what mastery still needs is time.
  bool Shown(int position) const;
  // When one that is shown may be asked about again, in Unix milliseconds.
  int64_t RestsUntilMs(int position) const;
  bool Rests(int position) const { return Shown(position) && now_ms_ < RestsUntilMs(position); }
  // All that it requires is mastered, shown or secure.
  bool Ready(int position) const;
  bool LastWrong(int position, int answers) const;

  // Answers to it on this day (UTC).
  int AnswersToday(int position) const { return StateOf(position).belief.AnswersOn(day_); }
  // Not when it had its share today, nor on a day of rest.
  bool MayPractise(int position) const;
  // Days of rest behind a day of practice, as steps::RestDays; 0 for one that is shown or secure.
  int RestDays(int position) const;
  // When it may be practised again that may not today, in Unix milliseconds.
  int64_t PractisedFromMs(int position) const;
  // The next review of the concept or of one of its cards, in Unix milliseconds; 0 when none is planned.
  int64_t DueMs(int position) const { return DueMsOf(StateOf(position)); }
  bool Due(int position) const { return DueMs(position) != 0 && DueMs(position) <= now_ms_; }
  // The chance that what is kept would be recalled now, calibrated for the learner, 0 to 1.
  double RecallChance(const Recall& recall) const;
  // Of whatever falls due first: the concept or a card. 1 when no review is planned.
  double RecallChance(int position) const;
  // Of a right answer to a question on it, forgetting included, as the models of domain/steps have it.
  double StepChance(int position) const;

 private:
  static const ConceptState& Untouched();
  static const Recall* FirstDue(const ConceptState& state);
  static int64_t DueMsOf(const ConceptState& state);

  const Models& models_;
  const LearnerState& learner_;
  const CourseIndex& course_;
  const int64_t now_ms_;
  const int32_t day_;  // since the Unix epoch
  const int current_stage_;
  const int end_open_;
  std::vector<const ConceptState*> states_;  // by position; null: untouched
  std::vector<TouchedConcept> touched_;
  std::vector<bool> mastered_;  // by position
  const wishing::Wishes* const wishes_;
  std::optional<wishing::Way> way_;
};

}  // namespace edirae::recommend::choosing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_LEARNER_VIEW_H_
