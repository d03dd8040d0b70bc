#include "services/recommend/domain/choosing/item_choice.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <tuple>

#include "services/recommend/domain/mastery/log_odds.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::choosing {
namespace {

// What authors mean by difficulty, until the model has seen answers to the item: ours, and uncalibrated.
constexpr double kEasyLogOdds = 0.6;
constexpr double kHardLogOdds = -0.6;
// Success is likely and not certain: an answer says much there, and learners stay with it.
constexpr double kRightDifficulty = 0.75;
constexpr double kGuessWeighs = 0.3;  // of misfit, for a question that is surely guessed

double AuthorLogOdds(const LearnerView& view, const TaughtQuestion& question) {
  if (view.models().weights.registry.FindItem(question.key) != mastery::Registry::kUnknown) return 0;
  switch (question.difficulty) {
    case catalog::v1::DIFFICULTY_EASY:
      return kEasyLogOdds;
    case catalog::v1::DIFFICULTY_HARD:
      return kHardLogOdds;
    default:
      return 0;
  }
}

mastery::Question Asked(const LearnerView& view, const TaughtConcept& taught, const TaughtQuestion& question) {
  return {.item = question.key,
          .concepts = question.concept_keys,
          .prerequisites = taught.prerequisite_keys,
          .time_seconds = view.now_ms() / 1000};
}

// Log-odds of questions of one concept. Those that the learner never saw, and of which the model knows nothing, are
// all the same to it: asked once.
class Predictor {
 public:
  Predictor(const LearnerView& view, const TaughtConcept& taught) : view_(view), taught_(taught) {}

  double ChanceOf(const TaughtQuestion& question, bool seen) {
    const bool ordinary = !seen && question.concept_keys.size() == 1 &&
                          view_.models().weights.registry.FindItem(question.key) == mastery::Registry::kUnknown;
    if (!ordinary) return Chance(LogOddsOf(question), question);
    if (!ordinary_.has_value()) ordinary_ = LogOddsOf(question);
    return Chance(*ordinary_, question);
  }

 private:
  double LogOddsOf(const TaughtQuestion& question) const {
    mastery::Features features;
    mastery::Extract(view_.models().weights, view_.learner().mastery, Asked(view_, taught_, question), features);
    return mastery::LogOddsOf(view_.models().weights, features);
  }
  double Chance(double log_odds, const TaughtQuestion& question) const {
    return mastery::Sigmoid(static_cast<float>(log_odds + AuthorLogOdds(view_, question)));
  }

  const LearnerView& view_;
  const TaughtConcept& taught_;
  std::optional<double> ordinary_;
};

template <class Item>
bool Contains(const std::vector<const Item*>& taken, const Item& item) {
  return std::ranges::find(taken, &item) != taken.end();
}

const SeenQuestion* Seen(const ConceptState& state, const TaughtQuestion& question) {
  const auto found = std::ranges::find(state.questions, question.key, &SeenQuestion::item);
  return found == state.questions.end() ? nullptr : &*found;
}

// From when on another answer counts.
int64_t CountsMs(const SeenQuestion* seen) {
  return seen == nullptr || seen->counted_ms == 0 ? 0 : seen->counted_ms + limits::kRepeatMs;
}

// Whether it is about something else, too, that the learner has not come to.
bool IsPremature(const LearnerView& view, int position, const TaughtQuestion& question) {
  return std::ranges::any_of(question.concept_keys, [&](IdKey key) {
    const auto found = view.course().positions.find(key);
    if (found == view.course().positions.end() || found->second == position) return false;
    const int other = found->second;
    if (view.Begun(other) || view.Mastered(other)) return false;
    return other >= view.end_open() || !view.Ready(other);
  });
}

// How far a resource's level is from the learner's, 0 to 2; 0 when it is not said.
int LevelMisfit(catalog::v1::ResourceLevel level, catalog::v1::ResourceLevel wanted) {
  return level == catalog::v1::RESOURCE_LEVEL_UNSPECIFIED ? 0 : std::abs(int{level} - int{wanted});
}

catalog::v1::ResourceLevel LevelOf(const LearnerView& view, int position) {
  if (view.Mastered(position)) return catalog::v1::RESOURCE_LEVEL_ADVANCED;
  return view.Secure(position) ? catalog::v1::RESOURCE_LEVEL_INTERMEDIATE : catalog::v1::RESOURCE_LEVEL_BEGINNER;
}

}  // namespace

Prediction Explain(const LearnerView& view, const TaughtConcept& taught, const TaughtQuestion& question) {
  Prediction prediction;
  prediction.parts = mastery::Explain(view.models().weights, view.learner().mastery, Asked(view, taught, question));
  prediction.author_log_odds = AuthorLogOdds(view, question);
  prediction.log_odds = prediction.parts.log_odds + prediction.author_log_odds;
  prediction.chance = mastery::Sigmoid(static_cast<float>(prediction.log_odds));
  return prediction;
}

double ChanceOf(const LearnerView& view, const TaughtConcept& taught, const TaughtQuestion& question) {
  return Predictor(view, taught).ChanceOf(question, true);
}

int64_t AskableMs(const LearnerView& view, int position) {
  const auto& questions = view.Taught(position).questions;
  const ConceptState& state = view.StateOf(position);
  if (state.questions.size() < questions.size() || questions.empty()) return 0;
  int64_t first_ms = std::numeric_limits<int64_t>::max();
  for (const TaughtQuestion& question : questions) {
    const SeenQuestion* seen = Seen(state, question);
    const int64_t counts_ms = CountsMs(seen);
    if (counts_ms <= view.now_ms()) return 0;
    first_ms = std::min(first_ms, counts_ms);
  }
  return first_ms;
}

QuestionChoice NextQuestion(const LearnerView& view, int position, const std::vector<const TaughtQuestion*>& taken) {
  const TaughtConcept& taught = view.Taught(position);
  const ConceptState& state = view.StateOf(position);
  const bool unaided = taught.criterion.without_hints();
  const int distinct = unaided ? state.distinct_unaided : state.distinct_correct;
  const bool needs_accuracy = distinct >= taught.criterion.min_distinct_correct();
  Predictor predictor(view, taught);
  QuestionChoice best;
  std::tuple<bool, bool, double, int64_t> best_rank;
  for (const TaughtQuestion& question : taught.questions) {
    if (Contains(taken, question)) continue;
    const SeenQuestion* seen = Seen(state, question);
    if (CountsMs(seen) > view.now_ms()) continue;
    const bool done = seen != nullptr && (unaided ? seen->unaided : seen->right);
    const double chance = predictor.ChanceOf(question, seen != nullptr);
    const double misfit =
        std::abs(chance - kRightDifficulty) + (needs_accuracy ? kGuessWeighs * question.guess_permille / 1000.0 : 0);
    const bool premature = question.concept_keys.size() > 1 && IsPremature(view, position, question);
    const std::tuple rank(premature, done, misfit, seen == nullptr ? 0 : seen->last_seq);
    if (best.question != nullptr && rank >= best_rank) continue;
    best = {.question = &question, .chance = chance};
    best_rank = rank;
  }
  return best;
}

const SeenCard* Seen(const LearnerView& view, int position, const TaughtCard& card) {
  const auto& cards = view.StateOf(position).cards;
  const auto found = std::ranges::find(cards, card.key, &SeenCard::item);
  return found == cards.end() ? nullptr : &*found;
}

const TaughtCard* NextCard(const LearnerView& view, int position, const std::vector<const TaughtCard*>& taken) {
  const TaughtCard* best = nullptr;
  std::pair<int, int64_t> best_rank;
  for (const TaughtCard& card : view.Taught(position).cards) {
    if (Contains(taken, card)) continue;
    const SeenCard* seen = Seen(view, position, card);
    const int64_t due_ms = seen == nullptr ? 0 : seen->recall.due_ms;
    const std::pair<int, int64_t> rank(seen == nullptr ? 1 : due_ms <= view.now_ms() ? 0 : 2, due_ms);
    if (best != nullptr && rank >= best_rank) continue;
    best = &card;
    best_rank = rank;
  }
  return best;
}

std::vector<ResourceChoice> BestResources(const LearnerView& view, int position) {
  const catalog::v1::ResourceLevel level = LevelOf(view, position);
  std::vector<ResourceChoice> choices;
  for (const HelpfulResource& resource : view.Taught(position).resources) {
    const bool opened =
        std::ranges::find(view.learner().opened, resource.key, &OpenedResource::item) != view.learner().opened.end();
    const double score =
        1 - (opened ? 0.5 : 0) - (resource.is_general ? 0.2 : 0) - 0.15 * LevelMisfit(resource.level, level);
    choices.push_back({.resource = &resource, .score = score, .opened = opened});
  }
  std::ranges::stable_sort(choices, std::greater(), &ResourceChoice::score);
  if (choices.size() > limits::kMaxResources) choices.resize(limits::kMaxResources);
  return choices;
}

}  // namespace edirae::recommend::choosing
