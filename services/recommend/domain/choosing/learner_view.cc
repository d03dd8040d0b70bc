#include "services/recommend/domain/choosing/learner_view.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "services/recommend/domain/steps/belief.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::choosing {
namespace {

constexpr int kMaxWindow = 64;  // answers that a state remembers
// A concept is shown when so many of the newest answers were right: 4 of 5.
constexpr int kShownRight = 4;
constexpr int kShownOutOf = 5;

// The first that is not passed. Stages are mostly passed in their order: then none is looked for.
int CurrentStage(const LearnerState& learner, const std::vector<TaughtStage>& stages) {
  size_t current = 0;
  for (size_t next = 0; current < stages.size(); ++current) {
    const IdKey key = stages[current].key;
    if (next < learner.passed_stages.size() && learner.passed_stages[next] == key) {
      ++next;
    } else if (!learner.Passed(key)) {
      break;
    }
  }
  return static_cast<int>(current);
}

int EndOpen(int current_stage, const std::vector<TaughtStage>& stages) {
  if (stages.empty()) return 0;
  return stages[std::min(static_cast<size_t>(current_stage), stages.size() - 1)].end_concept;
}

}  // namespace

LearnerView::LearnerView(const Models& models, const LearnerState& learner, const CourseIndex& course, absl::Time now,
                         const wishing::Wishes* wishes)
    : models_(models),
      learner_(learner),
      course_(course),
      now_ms_(std::clamp<int64_t>(absl::ToUnixMillis(now), 0, limits::kMaxReviewMs)),
      day_(steps::DayOf(now_days())),
      current_stage_(CurrentStage(learner, course.stages)),
      end_open_(EndOpen(current_stage_, course.stages)),
      states_(course.concepts.size(), nullptr),
      mastered_(course.concepts.size(), false),
      wishes_(wishes) {
  touched_.reserve(std::min(learner.concepts.size(), states_.size()));
  for (const KeptConcept& kept : learner.concepts) {
    const auto found = course.positions.find(kept.key);
    if (found == course.positions.end()) continue;
    const ConceptState& state = *kept.state;
    states_[static_cast<size_t>(found->second)] = &state;
    mastered_[static_cast<size_t>(found->second)] = state.mastered;
    touched_.push_back(
        {.position = found->second, .answers_today = state.belief.AnswersOn(day_), .due_ms = DueMsOf(state)});
  }
  if (wishes != nullptr) way_.emplace(course, wishes->concepts, wishes->pins, Done(wishes->known));
}

absl::CivilDay LearnerView::today() const {
  return absl::ToCivilDay(absl::FromUnixMillis(now_ms_), absl::UTCTimeZone());
}

std::vector<bool> LearnerView::Done(const std::vector<int>& known) const {
  std::vector<bool> done = mastered_;
  for (const int position : known) done[static_cast<size_t>(position)] = true;
  return done;
}

MilestoneStanding LearnerView::MilestoneOf(const TaughtStage& stage) const {
  const KeptMilestone* kept = learner_.FindMilestone(stage.milestone_key);
  return kept == nullptr ? MilestoneStanding::kNone : kept->standing;
}

const ConceptState& LearnerView::Untouched() {
  static const ConceptState untouched;
  return untouched;
}

bool LearnerView::Shown(int position) const {
  const ConceptState& state = StateOf(position);
  const auto& criterion = Taught(position).criterion;
  if (state.answers == 0 || criterion.right_again_after_hours() == 0) return false;
  const int distinct = criterion.without_hints() ? state.distinct_unaided : state.distinct_correct;
  if (distinct < criterion.min_distinct_correct()) return false;
  const int looked_at = std::min(state.answers, std::clamp(criterion.window(), 1, kMaxWindow));
  const uint64_t mask = ~uint64_t{0} >> (kMaxWindow - looked_at);
  return std::popcount(state.outcomes & mask) * kShownOutOf >= looked_at * kShownRight;
}

int64_t LearnerView::RestsUntilMs(int position) const {
  const double answered_ms = StateOf(position).belief.last_days * static_cast<double>(kDayMs);
  return std::llround(answered_ms) + int64_t{Taught(position).criterion.right_again_after_hours()} * kHourMs;
}

int LearnerView::RestDays(int position) const {
  return Shown(position) || Secure(position) ? 0 : steps::RestDays(StateOf(position).belief);
}

bool LearnerView::MayPractise(int position) const {
  return steps::MayPractise(StateOf(position).belief, day_, RestDays(position));
}

int64_t LearnerView::PractisedFromMs(int position) const {
  return (int64_t{StateOf(position).belief.day} + 1 + RestDays(position)) * kDayMs;
}

bool LearnerView::Ready(int position) const {
  return std::ranges::all_of(Taught(position).prerequisites,
                             [this](int it) { return Mastered(it) || Secure(it) || Shown(it); });
}

bool LearnerView::LastWrong(int position, int answers) const {
  const ConceptState& state = StateOf(position);
  return state.answers >= answers && (state.outcomes & ((uint64_t{1} << answers) - 1)) == 0;
}

const Recall* LearnerView::FirstDue(const ConceptState& state) {
  const Recall* first = state.recall.planned() ? &state.recall : nullptr;
  for (const SeenCard& card : state.cards) {
    if (card.recall.planned() && (first == nullptr || card.recall.due_ms < first->due_ms)) first = &card.recall;
  }
  return first;
}

int64_t LearnerView::DueMsOf(const ConceptState& state) {
  const Recall* first = FirstDue(state);
  return first == nullptr ? 0 : first->due_ms;
}

double LearnerView::RecallChance(const Recall& recall) const {
  return learner_.calibration.Recall(models_.scheduler, recall.card, now_ms_);
}

double LearnerView::RecallChance(int position) const {
  const Recall* first = FirstDue(StateOf(position));
  return first == nullptr ? 1 : RecallChance(*first);
}

double LearnerView::StepChance(int position) const {
  const steps::ConceptBelief& belief = StateOf(position).belief;
  const double retention =
      belief.answers == 0 ? 1 : steps::Retention(belief, learner_.belief.stability_scale, now_days());
  return steps::ChanceOfSuccess(belief.strength * retention);
}

}  // namespace edirae::recommend::choosing
