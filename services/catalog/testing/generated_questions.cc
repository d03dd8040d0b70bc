#include "services/catalog/testing/generated_questions.h"

#include "absl/strings/str_cat.h"

namespace edirae::catalog::testing {
namespace {

using Sentence = std::function<std::string()>;

std::string Choices(absl::string_view right, const Sentence& sentence) {
  std::string text = "  choices:\n";
  for (const char id : {'a', 'b', 'c', 'd'}) {
    const bool is_right = right.find(id) != absl::string_view::npos;
    absl::StrAppend(&text, "    - id: ", std::string(1, id), "\n      text: >-\n        Choice ", std::string(1, id),
                    " ", sentence(), "\n", is_right ? "      correct: true\n" : "", "      feedback: ", sentence(),
                    "\n");
    if (!is_right) absl::StrAppend(&text, "      misconception: ", kGeneratedMisconceptions[id % 2], "\n");
  }
  return text;
}

std::string Numeric(int number, const Sentence& sentence) {
  return absl::StrCat("  answer: ", number, ".5\n  tolerance: 0.05\n  unit: percent\n  wrong_answers:\n    - {value: -",
                      number, ".5, feedback: ", sentence(), ", misconception: ", kGeneratedMisconceptions[0],
                      "}\n  other_feedback: ", sentence(), "\n");
}

std::string ShortText(const Sentence& sentence) {
  return absl::StrCat("  accept: [learning rate, step size]\n  wrong_answers:\n    - texts: [gradient, slope]\n",
                      "      feedback: ", sentence(), "\n  other_feedback: ", sentence(), "\n");
}

std::string Ordering(const Sentence& sentence) {
  return absl::StrCat("  items:\n    - {id: predict, text: First ", sentence(), "}\n    - {id: compare, text: Second ",
                      sentence(), "}\n    - {id: step, text: Third ", sentence(),
                      "}\n  wrong_orders:\n    - {order: [step, predict, compare], feedback: ", sentence(),
                      "}\n  other_feedback: ", sentence(), "\n");
}

}  // namespace

std::string GeneratedQuestion(const std::string& concept_id, int number, const Sentence& sentence) {
  constexpr absl::string_view kKinds[] = {"single_choice", "several_choice", "numeric",        "short_text",
                                          "ordering",      "single_choice",  "several_choice", "single_choice",
                                          "numeric",       "single_choice"};
  constexpr absl::string_view kDifficulties[] = {"easy", "medium", "hard"};
  const absl::string_view kind = kKinds[static_cast<size_t>(number) % std::size(kKinds)];
  std::string text = absl::StrCat("- id: question-", number, "\n  kind: ", kind,
                                  "\n  difficulty: ", kDifficulties[number % 3], "\n  prompt: >-\n    About ",
                                  concept_id, ", ", number, ": ", sentence(), "\n    ", sentence(), "\n");
  if (kind == "single_choice") absl::StrAppend(&text, Choices("b", sentence));
  if (kind == "several_choice") absl::StrAppend(&text, Choices("ac", sentence));
  if (kind == "numeric") absl::StrAppend(&text, Numeric(number, sentence));
  if (kind == "short_text") absl::StrAppend(&text, ShortText(sentence));
  if (kind == "ordering") absl::StrAppend(&text, Ordering(sentence));
  absl::StrAppend(&text, "  hints:\n    - >-\n      ", sentence(), "\n  explanation: >-\n    ", sentence(), "\n    ",
                  sentence(), "\n");
  return text;
}

}  // namespace edirae::catalog::testing
