#include "services/recommend/domain/choosing/suggestions.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "services/recommend/domain/choosing/item_choice.h"
#include "services/recommend/domain/choosing/sentences.h"
#include "services/recommend/domain/steps/next_step.h"

namespace edirae::recommend::choosing {
namespace {

constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

bool MayReview(const LearnerView& view, int position) {
  const ConceptState& state = view.StateOf(position);
  if (std::ranges::any_of(state.cards, [&](const SeenCard& card) {
        return card.recall.planned() && card.recall.due_ms <= view.now_ms();
      })) {
    return true;
  }
  return view.AnswersToday(position) < steps::kReviewsADay && AskableMs(view, position) == 0;
}

bool MayLearn(const LearnerView& view, int position) {
  if (view.Mastered(position) || view.Rests(position)) return false;
  if (!view.Begun(position)) return view.Ready(position);
  return view.AnswersToday(position) < steps::kPracticesADay && AskableMs(view, position) == 0;
}

struct Reason {
  v1::StepKind kind;
  v1::ReasonCode code;
  std::string explanation;
  double score;
};

// An answer says most where it is least certain.
double Information(const LearnerView& view, int position) {
  const double chance = view.StepChance(position);
  return 4 * chance * (1 - chance);
}

Reason WhyReview(const LearnerView& view, int position) {
  const double forgotten = 1 - view.RecallChance(position);
  return {v1::STEP_KIND_REVIEW, v1::REASON_CODE_REVIEW_DUE, ExplainReview(view, position),
          std::clamp(0.4 + forgotten, 0.5, 1.0)};
}

Reason WhyLearn(const LearnerView& view, int position) {
  const double score = 0.4 + 0.4 * Information(view, position);
  if (!view.Begun(position)) {
    return {v1::STEP_KIND_LEARN, v1::REASON_CODE_FRONTIER, ExplainFrontier(view, position), score};
  }
  if (view.Shown(position)) {
    return {v1::STEP_KIND_PRACTISE, v1::REASON_CODE_RIGHT_AGAIN, ExplainReturn(view, position), 0.9};
  }
  if (view.LastWrong(position, 2)) {
    return {v1::STEP_KIND_PRACTISE, v1::REASON_CODE_STRUGGLING, ExplainStruggle(view, position), score};
  }
  return {v1::STEP_KIND_PRACTISE, v1::REASON_CODE_IN_PROGRESS, ExplainProgress(view, position), score};
}

Reason WhyEarly(const LearnerView& view, int position) {
  return {v1::STEP_KIND_REVIEW, v1::REASON_CODE_EARLY_REVIEW, ExplainEarlyReview(view, position),
          0.3 * (1 - view.StepChance(position))};
}

void SetItems(const LearnerView& view, int position, v1::Suggestion& suggestion) {
  const TaughtConcept& taught = view.Taught(position);
  if (const QuestionChoice next = NextQuestion(view, position); next.question != nullptr) {
    suggestion.set_question_id(next.question->id);
    suggestion.set_success_chance(next.chance);
  }
  if (const TaughtCard* card = NextCard(view, position)) {
    suggestion.set_card_id(card->id);
    const SeenCard* seen = Seen(view, position, *card);
    if (suggestion.question_id().empty() && seen != nullptr) {
      suggestion.set_success_chance(view.RecallChance(seen->recall));
    }
  }
  for (const ResourceChoice& choice : BestResources(view, position)) {
    suggestion.add_resource_ids(choice.resource->id);
    auto& resource = *suggestion.add_resources();
    resource.set_resource_id(choice.resource->id);
    resource.set_score(choice.score);
    resource.set_opened(choice.opened);
  }
  suggestion.set_estimated_minutes(suggestion.kind() == v1::STEP_KIND_LEARN && taught.estimated_minutes > 0
                                       ? std::min(taught.estimated_minutes, kMinutesOfStudy)
                                   : suggestion.question_id().empty() ? kMinutesOfCard
                                                                      : kMinutesOfQuestion);
}

v1::Suggestion Compose(const LearnerView& view, int position, Reason reason) {
  v1::Suggestion suggestion;
  const TaughtConcept& taught = view.Taught(position);
  suggestion.set_kind(reason.kind);
  suggestion.set_concept_id(taught.id);
  suggestion.set_reason(reason.code);
  suggestion.set_explanation(std::move(reason.explanation));
  suggestion.set_score(reason.score);
  suggestion.set_stage_id(view.course().stages[static_cast<size_t>(taught.stage)].id);
  SetItems(view, position, suggestion);
  for (const EventId& id : view.StateOf(position).evidence) {
    if (id != EventId()) suggestion.add_evidence_event_ids(FormatEventId(id));
  }
  if (reason.code == v1::REASON_CODE_REVIEW_DUE) {
    const int64_t due_ms = view.DueMs(position);
    suggestion.mutable_due_time()->set_seconds(due_ms / 1000);
    suggestion.mutable_due_time()->set_nanos(static_cast<int32_t>(due_ms % 1000) * 1'000'000);
  }
  return suggestion;
}

std::optional<v1::Suggestion> Advance(const LearnerView& view) {
  const auto& stages = view.course().stages;
  if (view.current_stage() == static_cast<int>(stages.size())) return std::nullopt;
  const TaughtStage& stage = stages[static_cast<size_t>(view.current_stage())];
  int required = 0;
  v1::Suggestion suggestion;
  for (int position = stage.first_concept; position < stage.end_concept; ++position) {
    if (view.Taught(position).optional) continue;
    if (!view.Mastered(position)) return std::nullopt;
    ++required;
  }
  suggestion.set_kind(v1::STEP_KIND_ADVANCE);
  suggestion.set_reason(v1::REASON_CODE_STAGE_COMPLETE);
  suggestion.set_explanation(ExplainAdvance(stage, required));
  suggestion.set_stage_id(stage.id);
  suggestion.set_score(1);
  suggestion.set_estimated_minutes(1);
  return suggestion;
}

// The least cost of what was not asked about today.
std::optional<int> EarlyReview(const LearnerView& view) {
  std::optional<int> best;
  double least = 0;
  const double scale = view.learner().belief.stability_scale;
  for (int position = 0; position < view.size(); ++position) {
    if (!view.Mastered(position) || !view.Begun(position) || view.AnswersToday(position) > 0) continue;
    if (AskableMs(view, position) != 0) continue;
    const double cost = steps::EarlyReviewCost(view.StateOf(position).belief, scale, view.now_days());
    if (best.has_value() && cost >= least) continue;
    best = position;
    least = cost;
  }
  return best;
}

// When something that is not so now can be suggested.
int64_t NextChangeMs(const LearnerView& view) {
  int64_t next_ms = kNever;
  const auto at = [&](int64_t ms) {
    if (ms > view.now_ms()) next_ms = std::min(next_ms, ms);
  };
  const int64_t midnight_ms = (view.now_ms() / kDayMs + 1) * kDayMs;
  for (int position = 0; position < view.size(); ++position) {
    if (!view.Touched(position)) continue;
    at(view.DueMs(position));
    if (!view.Mastered(position) && view.Rests(position)) at(view.RestsUntilMs(position));
    if (view.AnswersToday(position) >= steps::kReviewsADay) at(midnight_ms);
    if (view.Begun(position) && !view.Mastered(position) && !view.Rests(position)) {
      at(AskableMs(view, position));
    }
  }
  return next_ms;
}

}  // namespace

std::vector<int> DueReviews(const LearnerView& view) {
  std::vector<std::pair<int64_t, int>> due;
  for (int position = 0; position < view.size(); ++position) {
    if (view.Touched(position) && view.Due(position) && MayReview(view, position)) {
      due.emplace_back(view.DueMs(position), position);
    }
  }
  std::ranges::sort(due);
  if (due.size() > steps::kLooked) due.resize(steps::kLooked);
  std::vector<std::pair<double, int>> chances;
  for (const auto& [due_ms, position] : due) chances.emplace_back(view.RecallChance(position), position);
  std::ranges::stable_sort(chances, {}, &std::pair<double, int>::first);
  std::vector<int> reviews;
  for (const auto& [chance, position] : chances) reviews.push_back(position);
  return reviews;
}

std::vector<int> ToLearn(const LearnerView& view, size_t most) {
  std::vector<int> required, optional;
  for (int position = 0; position < view.size() && required.size() < most; ++position) {
    if (position >= view.end_open() && !view.Begun(position)) continue;
    if (view.Taught(position).optional && optional.size() == most) continue;
    if (MayLearn(view, position)) (view.Taught(position).optional ? optional : required).push_back(position);
  }
  required.insert(required.end(), optional.begin(), optional.end());
  if (required.size() > most) required.resize(most);
  return required;
}

Advice Suggest(const LearnerView& view, int max) {
  Advice advice;
  const auto most = static_cast<size_t>(max);
  std::vector<bool> offered(static_cast<size_t>(view.size()), false);
  const auto offer = [&](const std::vector<int>& positions, size_t share, Reason (*why)(const LearnerView&, int)) {
    for (const int position : positions) {
      if (share == 0 || advice.suggestions.size() >= most) return;
      if (offered[static_cast<size_t>(position)]) continue;
      offered[static_cast<size_t>(position)] = true;
      advice.suggestions.push_back(Compose(view, position, why(view, position)));
      --share;
    }
  };
  if (auto advance = Advance(view); advance.has_value()) advice.suggestions.push_back(*std::move(advance));
  const std::vector<int> due = DueReviews(view);
  offer(due, (most + 1) / 2, WhyReview);
  offer(ToLearn(view, 2 * most), most, WhyLearn);
  offer(due, most, WhyReview);
  if (advice.suggestions.empty()) {
    if (const auto early = EarlyReview(view); early.has_value()) offer({*early}, 1, WhyEarly);
  }
  const int64_t next_ms = NextChangeMs(view);
  advice.next_due = next_ms == kNever ? absl::InfiniteFuture() : absl::FromUnixMillis(next_ms);
  return advice;
}

std::optional<v1::Suggestion> SuggestionFor(const LearnerView& view, int position) {
  if (view.Touched(position) && view.Due(position) && MayReview(view, position)) {
    return Compose(view, position, WhyReview(view, position));
  }
  const bool open = position < view.end_open() || view.Begun(position);
  if (open && MayLearn(view, position)) return Compose(view, position, WhyLearn(view, position));
  return std::nullopt;
}

}  // namespace edirae::recommend::choosing
