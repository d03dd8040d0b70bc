#include "common/search/words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/search/limits.h"

namespace edirae::search {
namespace {

std::vector<std::string> DifferentWords(absl::string_view query, const Tokenizer& tokenizer) {
  std::vector<std::string> words;
  tokenizer.Cut(query, [&](absl::string_view word, size_t, size_t) {
    if (std::find(words.begin(), words.end(), word) == words.end()) words.emplace_back(word);
    return words.size() < limits::kMaxWords;
  });
  return words;
}

bool IsCommon(const SoughtWord& word) { return word.documents > limits::kCommonDocuments; }

}  // namespace

SoughtWords ReadWords(absl::string_view query, const Tokenizer& tokenizer, const Vocabulary& vocabulary) {
  SoughtWords sought;
  const std::vector<std::string> words = DifferentWords(query, tokenizer);
  for (const std::string& word : words) {
    SoughtWord found{.word = word, .terms = vocabulary.Expand(word, &word == &words.back())};
    for (const Term& term : found.terms) found.documents += term.documents;
    if (vocabulary.IsUnknown(word)) {
      Correction& correction = sought.corrections.emplace_back();
      correction.word = word;
      for (const Term& term : found.terms) correction.replacements.push_back(term.word);
    }
    sought.words.push_back(std::move(found));
  }
  auto& kept = sought.words;
  if (!std::all_of(kept.begin(), kept.end(), IsCommon)) std::erase_if(kept, IsCommon);
  return sought;
}

// A term has only letters and digits, so that quotes around it make it inert.
std::string SoughtWords::Expression(absl::string_view glue) const {
  std::string expression;
  for (const SoughtWord& word : words) {
    if (word.terms.empty()) continue;
    std::string spellings;
    for (const Term& term : word.terms) {
      absl::StrAppend(&spellings, spellings.empty() ? "\"" : " OR \"", term.word, "\"");
    }
    absl::StrAppend(&expression, expression.empty() ? "(" : absl::StrCat(" ", glue, " ("), spellings, ")");
  }
  return expression;
}

Plan SoughtWords::PlanFor(size_t documents, double mean_size) const {
  Plan plan{.mean_size = mean_size};
  for (const SoughtWord& word : words) {
    for (const Term& term : word.terms) plan.phrases.push_back({plan.rarity.size(), term.factor});
    plan.rarity.push_back(RarityOf(word.documents, documents));
  }
  return plan;
}

WordsToMark SoughtWords::ToMark() const {
  WordsToMark marks;
  for (size_t i = 0; i < words.size(); ++i) {
    for (const Term& term : words[i].terms) marks.try_emplace(term.word, i);
  }
  return marks;
}

}  // namespace edirae::search
