#include "services/recommend/domain/choosing/concept_explanation.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/choosing/evidence.h"
#include "services/recommend/domain/choosing/goal_sentences.h"
#include "services/recommend/domain/choosing/item_choice.h"
#include "services/recommend/domain/choosing/sentences.h"
#include "services/recommend/domain/choosing/suggestions.h"

namespace edirae::recommend::choosing {
namespace {

constexpr double kNoticed = 0.25;  // log-odds: 6 in a hundred, in the middle
constexpr int kOutcomesInWords = 5;

void SetTime(int64_t ms, google::protobuf::Timestamp& time) {
  time.set_seconds(ms / 1000);
  time.set_nanos(static_cast<int32_t>(ms % 1000) * 1'000'000);
}

v1::FactorKind KindOf(mastery::Part part) {
  switch (part) {
    case mastery::Part::kBase:
      return v1::FACTOR_KIND_BASE;
    case mastery::Part::kAbility:
      return v1::FACTOR_KIND_ABILITY;
    case mastery::Part::kConcept:
      return v1::FACTOR_KIND_CONCEPT;
    case mastery::Part::kDifficulty:
      return v1::FACTOR_KIND_DIFFICULTY;
    case mastery::Part::kHistory:
      return v1::FACTOR_KIND_HISTORY;
    case mastery::Part::kPattern:
      return v1::FACTOR_KIND_PATTERN;
  }
  return v1::FACTOR_KIND_UNSPECIFIED;
}

std::string DifficultyInWords(catalog::v1::Difficulty difficulty) {
  switch (difficulty) {
    case catalog::v1::DIFFICULTY_EASY:
      return "The question is easy, its author thinks.";
    case catalog::v1::DIFFICULTY_HARD:
      return "The question is hard, its author thinks.";
    default:
      return "The question is of medium difficulty.";
  }
}

// How much easier than others learners found something, of which the model has learned.
std::string FoundInWords(double log_odds) {
  if (log_odds > kNoticed) return "easier than most";
  return log_odds < -kNoticed ? "harder than most" : "about as hard as most";
}

// The author is asked while learners have said nothing.
std::string DifficultyInWords(const LearnerView& view, const TaughtQuestion& question, double log_odds) {
  if (view.models().weights.registry.FindItem(question.key) == mastery::Registry::kUnknown) {
    return DifficultyInWords(question.difficulty);
  }
  return absl::StrCat("Learners found the question ", FoundInWords(log_odds), ".");
}

std::string NewestInWords(const LearnerView& view, int position) {
  const ConceptState& state = view.StateOf(position);
  const TaughtConcept& taught = view.Taught(position);
  if (state.answers == 0) return absl::StrCat("You have not answered a question on ", taught.title, " yet.");
  const int newest = std::min(state.answers, kOutcomesInWords);
  std::string words;
  for (int i = newest; i-- > 0;) {
    absl::StrAppend(&words, words.empty() ? "" : ", ", (state.outcomes >> i & 1) != 0 ? "right" : "not right");
  }
  return absl::StrCat("Your newest answers on ", taught.title, ": ", words, "; last seen ",
                      Ago(std::max<int64_t>(0, view.now_ms() - state.last_activity_ms)), ".");
}

std::string FactorInWords(const LearnerView& view, int position, const TaughtQuestion& question, mastery::Part part,
                          double log_odds) {
  const mastery::LearnerState& all = view.learner().mastery;
  switch (part) {
    case mastery::Part::kBase:
      return "Where everybody starts.";
    case mastery::Part::kAbility:
      if (all.answers == 0) return "You have not answered any question yet.";
      return absl::StrCat("You answered ", all.correct, " of ", all.answers, " right on everything.");
    case mastery::Part::kConcept:
      if (!view.Begun(position)) return absl::StrCat("Nothing is known of you and ", view.Taught(position).title, ".");
      return absl::StrCat(AnswersSoFar(view, position), ".");
    case mastery::Part::kDifficulty:
      return DifficultyInWords(view, question, log_odds);
    case mastery::Part::kHistory:
      return NewestInWords(view, position);
    case mastery::Part::kPattern:
      return "How all of these meet.";
  }
  return "";
}

void AddFactors(const LearnerView& view, int position, const TaughtQuestion& question,
                v1::ConceptExplanation& explanation) {
  const Prediction prediction = Explain(view, view.Taught(position), question);
  explanation.set_question_id(question.id);
  explanation.set_success_chance(prediction.chance);
  for (int i = 0; i < mastery::kParts; ++i) {
    const auto part = static_cast<mastery::Part>(i);
    auto& factor = *explanation.add_factors();
    factor.set_kind(KindOf(part));
    const double author = part == mastery::Part::kDifficulty ? prediction.author_log_odds : 0;
    factor.set_log_odds(prediction.parts.parts[static_cast<size_t>(i)] + author);
    factor.set_text(FactorInWords(view, position, question, part, factor.log_odds()));
  }
}

void SetMemory(const LearnerView& view, const Recall& recall, v1::MemoryState& memory) {
  memory.set_stability_days(recall.card.stability);
  memory.set_difficulty(recall.card.difficulty());
  memory.set_recall_chance(view.RecallChance(recall));
  SetTime(recall.card.last_review_ms, *memory.mutable_review_time());
  SetTime(recall.due_ms, *memory.mutable_due_time());
}

void AddPrerequisite(const LearnerView& view, int position, catalog::v1::PrerequisiteStrength strength,
                     v1::ConceptExplanation& explanation) {
  const ConceptState& state = view.StateOf(position);
  auto& standing = *explanation.add_prerequisites();
  standing.set_concept_id(view.Taught(position).id);
  standing.set_strength(strength);
  standing.set_mastered(state.mastered);
  standing.set_secure(view.Secure(position));
  standing.set_answer_count(state.answers);
  standing.set_correct_count(state.correct);
  if (view.Touched(position)) SetTime(state.last_activity_ms, *standing.mutable_activity_time());
}

}  // namespace

v1::ExplainResponse ExplainConcept(const LearnerView& view, int position) {
  const TaughtConcept& taught = view.Taught(position);
  const ConceptState& state = view.StateOf(position);
  v1::ExplainResponse response;
  v1::ConceptExplanation& explanation = *response.mutable_explanation();
  explanation.set_concept_id(taught.id);
  const TaughtQuestion* question = NextQuestion(view, position).question;
  if (question == nullptr && !taught.questions.empty()) question = &taught.questions.front();
  if (question != nullptr) AddFactors(view, position, *question, explanation);
  explanation.set_mastered(state.mastered);
  explanation.set_secure(view.Secure(position));
  explanation.set_strength(state.belief.strength);
  explanation.set_answer_count(state.answers);
  explanation.set_correct_count(state.correct);
  explanation.set_hint_count(state.hints);
  if (state.recall.planned()) SetMemory(view, state.recall, *explanation.mutable_memory());
  for (const int it : taught.prerequisites) {
    AddPrerequisite(view, it, catalog::v1::PREREQUISITE_STRENGTH_HARD, explanation);
  }
  for (const int it : taught.helpful) {
    AddPrerequisite(view, it, catalog::v1::PREREQUISITE_STRENGTH_HELPFUL, explanation);
  }
  if (auto suggestion = SuggestionFor(view, position); suggestion.has_value()) {
    explanation.set_explanation(suggestion->explanation());
    *explanation.mutable_evidence_event_ids() = suggestion->evidence_event_ids();
    *response.mutable_suggestion() = *std::move(suggestion);
  } else {
    explanation.set_explanation(absl::StrCat(ExplainSilence(view, position), AlsoOnTheWay(view, position)));
    AddEvidence(view, position, ClaimOnTheWay(view, position), *explanation.mutable_evidence_event_ids());
  }
  return response;
}

}  // namespace edirae::recommend::choosing
