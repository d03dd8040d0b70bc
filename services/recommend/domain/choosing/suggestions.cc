#include "services/recommend/domain/choosing/suggestions.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/choosing/agenda.h"
#include "services/recommend/domain/choosing/evidence.h"
#include "services/recommend/domain/choosing/goal_sentences.h"
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

struct Reason {
  v1::StepKind kind;
  v1::ReasonCode code;
  std::string explanation;
  double score;
  v1::ReasonCode further = v1::REASON_CODE_UNSPECIFIED;
  Claim claim = Claim::kNone;
};

// An answer says most where it is least certain.
double Information(const LearnerView& view, int position) {
  const double chance = view.StepChance(position);
  return 4 * chance * (1 - chance);
}

double ScoreOfLearning(const LearnerView& view, int position) { return 0.4 + 0.4 * Information(view, position); }

Reason WhyReview(const LearnerView& view, int position) {
  const double forgotten = 1 - view.RecallChance(position);
  return {v1::STEP_KIND_REVIEW, v1::REASON_CODE_REVIEW_DUE, ExplainReview(view, position),
          std::clamp(0.4 + forgotten, 0.5, 1.0)};
}

// Of one that is begun: how far it is.
Reason WhyPractise(const LearnerView& view, int position) {
  const double score = ScoreOfLearning(view, position);
  if (view.Shown(position)) {
    return {v1::STEP_KIND_PRACTISE, v1::REASON_CODE_RIGHT_AGAIN, ExplainReturn(view, position), 0.9};
  }
  if (view.LastWrong(position, 2)) {
    return {v1::STEP_KIND_PRACTISE, v1::REASON_CODE_STRUGGLING, ExplainStruggle(view, position), score};
  }
  return {v1::STEP_KIND_PRACTISE, v1::REASON_CODE_IN_PROGRESS, ExplainProgress(view, position), score};
}

Reason WhyLearn(const LearnerView& view, const ToDo& to_do) {
  const auto [position, claim] = to_do;
  if (view.Begun(position)) {
    Reason reason = WhyPractise(view, position);
    if (claim != Claim::kNone) absl::StrAppend(&reason.explanation, " ", AlsoWished(view, to_do));
    reason.further = CodeOf(claim);
    reason.claim = claim;
    return reason;
  }
  const double score = ScoreOfLearning(view, position);
  if (claim != Claim::kNone) {
    return {v1::STEP_KIND_LEARN, CodeOf(claim), ExplainWished(view, to_do), score, v1::REASON_CODE_UNSPECIFIED, claim};
  }
  return {v1::STEP_KIND_LEARN, v1::REASON_CODE_FRONTIER, ExplainFrontier(view, position), score};
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
  if (reason.further != v1::REASON_CODE_UNSPECIFIED) suggestion.add_further_reasons(reason.further);
  suggestion.set_stage_id(view.course().stages[static_cast<size_t>(taught.stage)].id);
  SetItems(view, position, suggestion);
  AddEvidence(view, position, reason.claim, *suggestion.mutable_evidence_event_ids());
  if (reason.code == v1::REASON_CODE_REVIEW_DUE) {
    const int64_t due_ms = view.DueMs(position);
    suggestion.mutable_due_time()->set_seconds(due_ms / 1000);
    suggestion.mutable_due_time()->set_nanos(static_cast<int32_t>(due_ms % 1000) * 1'000'000);
  }
  return suggestion;
}

int RequiredCount(const LearnerView& view, const TaughtStage& stage) {
  int required = 0;
  for (int position = stage.first_concept; position < stage.end_concept; ++position) {
    required += view.Taught(position).optional ? 0 : 1;
  }
  return required;
}

v1::Suggestion Advance(const LearnerView& view, const TaughtStage& stage) {
  v1::Suggestion suggestion;
  suggestion.set_kind(v1::STEP_KIND_ADVANCE);
  suggestion.set_reason(v1::REASON_CODE_STAGE_COMPLETE);
  suggestion.set_explanation(ExplainAdvance(stage, RequiredCount(view, stage)));
  suggestion.set_stage_id(stage.id);
  suggestion.set_score(1);
  suggestion.set_estimated_minutes(1);
  return suggestion;
}

v1::Suggestion Submit(const LearnerView& view, const TaughtStage& stage) {
  const MilestoneStanding standing = view.MilestoneOf(stage);
  const bool returned = standing == MilestoneStanding::kReturned;
  v1::Suggestion suggestion;
  suggestion.set_kind(v1::STEP_KIND_SUBMIT);
  suggestion.set_reason(returned ? v1::REASON_CODE_MILESTONE_RETURNED : v1::REASON_CODE_MILESTONE_MISSING);
  suggestion.set_explanation(ExplainSubmit(stage, RequiredCount(view, stage), standing));
  suggestion.set_stage_id(stage.id);
  suggestion.set_milestone_id(stage.milestone_id);
  suggestion.set_score(1);
  suggestion.set_estimated_minutes(std::max(stage.milestone_minutes, 1));
  if (returned) {
    const KeptMilestone& kept = *view.learner().FindMilestone(stage.milestone_key);
    suggestion.add_evidence_event_ids(FormatEventId(kept.event));
  }
  return suggestion;
}

// What there is to do about the gate of the current stage, all of whose required concepts are mastered; nothing while
// its milestone waits for a review.
std::optional<v1::Suggestion> StepToGate(const LearnerView& view) {
  const TaughtStage& stage = view.course().stages[static_cast<size_t>(view.current_stage())];
  if (!stage.gate_wants_milestone) return Advance(view, stage);
  switch (view.MilestoneOf(stage)) {
    case MilestoneStanding::kApproved:
      return Advance(view, stage);
    case MilestoneStanding::kHandedIn:
      return std::nullopt;
    case MilestoneStanding::kNone:
    case MilestoneStanding::kReturned:
      return Submit(view, stage);
  }
  return std::nullopt;
}

// The least cost of what was not asked about today, and of those the first.
std::optional<int> EarlyReview(const LearnerView& view) {
  std::pair<double, int> best(0, -1);
  const double scale = view.learner().belief.stability_scale;
  for (const auto& [position, answers_today, due_ms] : view.touched()) {
    if (answers_today > 0 || !view.Mastered(position) || !view.Begun(position)) continue;
    if (AskableMs(view, position) != 0) continue;
    const double cost = steps::EarlyReviewCost(view.StateOf(position).belief, scale, view.now_days());
    if (best.second < 0 || std::pair(cost, position) < best) best = {cost, position};
  }
  return best.second < 0 ? std::nullopt : std::optional(best.second);
}

// When something that is not so now can be suggested.
int64_t NextChangeMs(const LearnerView& view) {
  int64_t next_ms = kNever;
  const auto at = [&](int64_t ms) {
    if (ms > view.now_ms()) next_ms = std::min(next_ms, ms);
  };
  const int64_t midnight_ms = (view.now_ms() / kDayMs + 1) * kDayMs;
  for (const auto& [position, answers_today, due_ms] : view.touched()) {
    at(due_ms);
    if (answers_today >= steps::kReviewsADay) at(midnight_ms);
    if (view.Mastered(position)) continue;
    if (view.Rests(position)) {
      at(view.RestsUntilMs(position));
    } else if (view.Begun(position)) {
      at(AskableMs(view, position));
      if (!view.MayPractise(position)) at(view.PractisedFromMs(position));
    }
  }
  if (view.wishes() != nullptr) {
    for (const wishing::Pin& pin : view.wishes()->pins) {
      const auto begin = wishing::BeginOf(pin, *view.wishes());
      if (begin.has_value()) at(absl::ToUnixMillis(absl::FromCivil(*begin, absl::UTCTimeZone())));
    }
  }
  return next_ms;
}

}  // namespace

std::vector<int> DueReviews(const LearnerView& view) {
  // The longest due are on top; most of the others are never looked at.
  std::vector<std::pair<int64_t, int>> due;
  for (const auto& [position, answers_today, due_ms] : view.touched()) {
    if (due_ms != 0 && due_ms <= view.now_ms()) due.emplace_back(due_ms, position);
  }
  std::ranges::make_heap(due, std::greater());
  std::vector<std::pair<double, int>> chances;
  while (!due.empty() && chances.size() < steps::kLooked) {
    std::ranges::pop_heap(due, std::greater());
    const int position = due.back().second;
    due.pop_back();
    if (MayReview(view, position)) chances.emplace_back(view.RecallChance(position), position);
  }
  std::ranges::stable_sort(chances, {}, &std::pair<double, int>::first);
  std::vector<int> reviews;
  for (const auto& [chance, position] : chances) reviews.push_back(position);
  return reviews;
}

bool StageIsLearned(const LearnerView& view) {
  const auto& stages = view.course().stages;
  if (view.current_stage() == static_cast<int>(stages.size())) return false;
  const TaughtStage& stage = stages[static_cast<size_t>(view.current_stage())];
  for (int position = stage.first_concept; position < stage.end_concept; ++position) {
    if (!view.Taught(position).optional && !view.Mastered(position)) return false;
  }
  return true;
}

Advice Suggest(const LearnerView& view, int max) {
  Advice advice;
  const auto most = static_cast<size_t>(max);
  std::vector<bool> offered(static_cast<size_t>(view.size()), false);
  const auto offer = [&](int position, const auto& why) {
    if (advice.suggestions.size() >= most || offered[static_cast<size_t>(position)]) return false;
    offered[static_cast<size_t>(position)] = true;
    advice.suggestions.push_back(Compose(view, position, why()));
    return true;
  };
  const auto review = [&](const std::vector<int>& due, size_t share) {
    for (const int position : due) {
      if (share == 0) return;
      if (offer(position, [&] { return WhyReview(view, position); })) --share;
    }
  };
  const bool gate_is_next = StageIsLearned(view);
  if (gate_is_next) {
    if (auto step = StepToGate(view); step.has_value()) advice.suggestions.push_back(*std::move(step));
  }
  const std::vector<int> due = DueReviews(view);
  const std::vector<ToDo> to_learn = ToLearn(view, 2 * most);
  review(due, (most + 1) / 2);
  for (const ToDo& to_do : to_learn) offer(to_do.position, [&] { return WhyLearn(view, to_do); });
  review(due, most);
  if (advice.suggestions.empty()) {
    if (const auto early = EarlyReview(view); early.has_value()) offer(*early, [&] { return WhyEarly(view, *early); });
  }
  advice.goal = StandingOf(view, to_learn, gate_is_next);
  const int64_t next_ms = NextChangeMs(view);
  advice.next_due = next_ms == kNever ? absl::InfiniteFuture() : absl::FromUnixMillis(next_ms);
  return advice;
}

void AddTo(v1::NextSteps& steps, Advice advice) {
  for (v1::Suggestion& suggestion : advice.suggestions) *steps.add_suggestions() = std::move(suggestion);
  if (advice.goal.has_value()) *steps.mutable_goal() = *std::move(advice.goal);
}

std::optional<v1::Suggestion> SuggestionFor(const LearnerView& view, int position) {
  if (view.Touched(position) && view.Due(position) && MayReview(view, position)) {
    return Compose(view, position, WhyReview(view, position));
  }
  const auto claim = ClaimNow(view, position);
  if (!claim.has_value()) return std::nullopt;
  return Compose(view, position, WhyLearn(view, {.position = position, .claim = *claim}));
}

}  // namespace edirae::recommend::choosing
