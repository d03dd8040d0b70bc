#include "services/recommend/domain/policy.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <tuple>
#include <utility>

#include "absl/strings/string_view.h"
#include "services/recommend/domain/durations.h"
#include "services/recommend/domain/explanation.h"

namespace edirae::recommend {
namespace {

constexpr int kMaxWindow = 64;  // answers that a state remembers
// A concept is shown when so many of the newest answers were right: 4 of 5.
constexpr int kShownRight = 4;
constexpr int kShownOutOf = 5;

// The item to offer next: one that did not succeed yet before one that did, then the one seen longest ago (never is
// longest), then the author's order. Empty when there is none.
std::string NextItem(const std::vector<Item>& items, const std::vector<SeenItem>& seen) {
  const Item* best = nullptr;
  std::pair<bool, int64_t> best_rank;
  for (const Item& item : items) {
    const auto found =
        std::find_if(seen.begin(), seen.end(), [&](const SeenItem& past) { return past.item == item.key; });
    const std::pair<bool, int64_t> rank =
        found == seen.end() ? std::pair(false, int64_t{0}) : std::pair(found->succeeded, found->last_seq);
    if (best == nullptr || rank < best_rank) {
      best = &item;
      best_rank = rank;
    }
  }
  return best == nullptr ? "" : best->id;
}

// Walks the policy's list until it is full.
class Chooser {
 public:
  Chooser(const LearnerState& learner, const CourseIndex& course, absl::Time now, int max)
      : course_(course),
        now_ms_(absl::ToUnixMillis(now)),
        max_(static_cast<size_t>(max)),
        states_(course.concepts.size(), nullptr),
        offered_(course.concepts.size(), false) {
    for (const ConceptState& state : learner.concepts) {
      if (const auto found = course.positions.find(state.key); found != course.positions.end()) {
        states_[found->second] = &state;
      }
    }
    while (current_stage_ < course.stages.size() && learner.Passed(course.stages[current_stage_].key)) ++current_stage_;
  }

  Advice Choose() && {
    OfferAdvance();
    const std::vector<int> due = DueReviews();
    OfferReviews(due, (max_ + 1) / 2);
    OfferBegun();
    OfferFrontier(/*optional=*/false);
    OfferFrontier(/*optional=*/true);
    OfferReviews(due, max_);
    return std::move(advice_);
  }

 private:
  bool Full() const { return advice_.suggestions.size() >= max_; }
  bool Mastered(int position) const { return states_[position] != nullptr && states_[position]->mastered; }
  bool Begun(int position) const { return states_[position] != nullptr && states_[position]->answers > 0; }
  bool Due(int position) const {
    return states_[position] != nullptr && states_[position]->memory.planned() &&
           states_[position]->memory.due_ms <= now_ms_;
  }
  bool LastWrong(int position, int answers) const {
    const ConceptState* state = states_[position];
    return state != nullptr && state->answers >= answers && (state->outcomes & ((1u << answers) - 1)) == 0;
  }

  // Enough different questions are right, and nearly all of the newest: what mastery still needs is time. An opinion,
  // by which no gate opens.
  bool Shown(int position) const {
    const ConceptState* state = states_[position];
    const auto& criterion = course_.concepts[position].criterion;
    if (state == nullptr || criterion.right_again_after_hours() == 0) return false;
    if (state->distinct_correct < criterion.min_distinct_correct()) return false;
    const int window = std::clamp(criterion.window(), 1, kMaxWindow);
    const int looked_at = std::min(state->answers, window);
    const uint64_t mask = ~uint64_t{0} >> (kMaxWindow - looked_at);
    return std::popcount(state->outcomes & mask) * kShownOutOf >= looked_at * kShownRight;
  }
  int64_t RestsUntil(int position) const {
    return states_[position]->last_activity_ms +
           int64_t{course_.concepts[position].criterion.right_again_after_hours()} * kHourMs;
  }
  bool Rests(int position) const { return Shown(position) && now_ms_ < RestsUntil(position); }

  void Offer(int position, v1::StepKind kind, v1::ReasonCode reason, std::string explanation) {
    static const ConceptState kUntouched;
    const TaughtConcept& taught = course_.concepts[position];
    const ConceptState& state = states_[position] == nullptr ? kUntouched : *states_[position];
    offered_[position] = true;
    v1::Suggestion& suggestion = advice_.suggestions.emplace_back();
    suggestion.set_kind(kind);
    suggestion.set_concept_id(taught.id);
    suggestion.set_reason(reason);
    suggestion.set_explanation(std::move(explanation));
    suggestion.set_question_id(NextItem(taught.questions, state.questions));
    suggestion.set_card_id(NextItem(taught.cards, state.cards));
    for (const HelpfulResource& resource : taught.resources) suggestion.add_resource_ids(resource.id);
    suggestion.set_stage_id(course_.stages[taught.stage].id);
    if (kind == v1::STEP_KIND_REVIEW && Due(position)) {
      suggestion.mutable_due_time()->set_seconds(state.memory.due_ms / 1000);
      suggestion.mutable_due_time()->set_nanos(static_cast<int32_t>(state.memory.due_ms % 1000) * 1'000'000);
    }
  }

  void OfferAdvance() {
    if (current_stage_ == course_.stages.size()) return;
    const TaughtStage& stage = course_.stages[current_stage_];
    int required = 0;
    for (int position = stage.first_concept; position < stage.end_concept; ++position) {
      if (course_.concepts[position].optional) continue;
      if (!Mastered(position)) return;
      ++required;
    }
    v1::Suggestion& suggestion = advice_.suggestions.emplace_back();
    suggestion.set_kind(v1::STEP_KIND_ADVANCE);
    suggestion.set_reason(v1::REASON_CODE_STAGE_COMPLETE);
    suggestion.set_explanation(ExplainAdvance(stage, required));
    suggestion.set_stage_id(stage.id);
  }

  // Positions, the longest overdue first; notes when the next of the others falls due or has rested.
  std::vector<int> DueReviews() {
    std::vector<int> due;
    int64_t next_ms = std::numeric_limits<int64_t>::max();
    for (int position = 0; position < static_cast<int>(states_.size()); ++position) {
      if (states_[position] == nullptr) continue;
      if (!Mastered(position) && Rests(position)) next_ms = std::min(next_ms, RestsUntil(position));
      if (Due(position)) {
        due.push_back(position);
      } else if (states_[position]->memory.planned()) {
        next_ms = std::min(next_ms, states_[position]->memory.due_ms);
      }
    }
    std::sort(due.begin(), due.end(), [this](int a, int b) {
      return std::tuple(states_[a]->memory.due_ms, a) < std::tuple(states_[b]->memory.due_ms, b);
    });
    advice_.next_due =
        next_ms == std::numeric_limits<int64_t>::max() ? absl::InfiniteFuture() : absl::FromUnixMillis(next_ms);
    return due;
  }

  void OfferReviews(const std::vector<int>& due, size_t share) {
    for (const int position : due) {
      if (share == 0 || Full()) return;
      if (offered_[position]) continue;
      --share;
      Offer(position, v1::STEP_KIND_REVIEW, v1::REASON_CODE_REVIEW_DUE,
            ExplainReview(course_.concepts[position], states_[position]->memory, now_ms_));
    }
  }

  void OfferBegun() {
    for (int position = 0; position < static_cast<int>(states_.size()) && !Full(); ++position) {
      if (!Begun(position) || Mastered(position) || offered_[position]) continue;
      const TaughtConcept& taught = course_.concepts[position];
      if (Rests(position)) continue;
      if (Shown(position)) {
        Offer(position, v1::STEP_KIND_PRACTISE, v1::REASON_CODE_IN_PROGRESS,
              ExplainReturn(taught, *states_[position], now_ms_));
        continue;
      }
      if (!LastWrong(position, 2)) {
        Offer(position, v1::STEP_KIND_PRACTISE, v1::REASON_CODE_IN_PROGRESS,
              ExplainProgress(taught, *states_[position]));
        continue;
      }
      OfferWeakestPrerequisite(taught);
      if (Full()) return;
      Offer(position, v1::STEP_KIND_PRACTISE, v1::REASON_CODE_STRUGGLING, ExplainStruggle(taught, *states_[position]));
    }
  }

  // 0: nothing is wrong with it; the higher, the weaker.
  int Weakness(int position) const {
    if (Mastered(position)) return LastWrong(position, 1) || Due(position) ? 1 : 0;
    return Begun(position) ? 2 : 3;
  }

  void OfferWeakestPrerequisite(const TaughtConcept& taught) {
    int weakest = -1;
    for (const int position : taught.prerequisites) {
      if (offered_[position] || Weakness(position) == 0) continue;
      if (weakest < 0 || Weakness(position) > Weakness(weakest)) weakest = position;
    }
    if (weakest < 0) return;
    const v1::StepKind kind = Mastered(weakest) ? v1::STEP_KIND_REVIEW
                              : Begun(weakest)  ? v1::STEP_KIND_PRACTISE
                                                : v1::STEP_KIND_LEARN;
    Offer(weakest, kind, v1::REASON_CODE_STRUGGLING,
          ExplainStruggle(taught, course_.concepts[weakest], states_[weakest]));
  }

  void OfferFrontier(bool optional) {
    if (course_.stages.empty()) return;
    const size_t last_stage = std::min(current_stage_, course_.stages.size() - 1);
    for (int position = 0; position < course_.stages[last_stage].end_concept && !Full(); ++position) {
      const TaughtConcept& taught = course_.concepts[position];
      if (taught.optional != optional || Mastered(position) || Begun(position) || offered_[position]) continue;
      if (!std::all_of(taught.prerequisites.begin(), taught.prerequisites.end(),
                       [this](int prerequisite) { return Mastered(prerequisite) || Shown(prerequisite); })) {
        continue;
      }
      std::vector<absl::string_view> titles;
      bool all_mastered = true;
      for (const int prerequisite : taught.prerequisites) {
        titles.push_back(course_.concepts[prerequisite].title);
        all_mastered = all_mastered && Mastered(prerequisite);
      }
      Offer(position, v1::STEP_KIND_LEARN, v1::REASON_CODE_FRONTIER,
            ExplainFrontier(taught, titles, all_mastered, course_.stages[taught.stage]));
    }
  }

  const CourseIndex& course_;
  const int64_t now_ms_;
  const size_t max_;
  size_t current_stage_ = 0;                 // the first that is not passed; one past the last when all are
  std::vector<const ConceptState*> states_;  // by position; null: untouched
  std::vector<bool> offered_;                // by position
  Advice advice_;
};

}  // namespace

Advice Suggest(const LearnerState& state, const CourseIndex& course, absl::Time now, int max) {
  return Chooser(state, course, now, max).Choose();
}

}  // namespace edirae::recommend
