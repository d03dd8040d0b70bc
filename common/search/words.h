#ifndef EDIRAE_COMMON_SEARCH_WORDS_H_
#define EDIRAE_COMMON_SEARCH_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/search/document.h"
#include "common/search/fts.h"
#include "common/search/scoring.h"
#include "common/search/snippet.h"
#include "common/search/vocabulary.h"

namespace edirae::search {

// A word of a query with what it stands for.
struct SoughtWord {
  std::string word;  // folded
  std::vector<Term> terms;
  uint32_t documents = 0;  // that have one of the terms, at most
};

// A query in the form in which the index is asked.
struct SoughtWords {
  std::vector<SoughtWord> words;
  std::vector<Correction> corrections;

  // The words as an FTS5 expression, joined by `glue`, "AND" or "OR", and how to rank what it finds.
  std::string Expression(absl::string_view glue) const;
  Plan PlanFor(size_t documents, double mean_size) const;
  WordsToMark ToMark() const;
};

// Reads the words of `query`, at most `limits::kMaxWords` different ones, and passes over those that occur in very many
// documents when there are rarer ones. Nothing in `query` but letters and digits has a meaning. A word that stands for
// nothing is left out, but remembered as a correction without replacements.
SoughtWords ReadWords(absl::string_view query, const Tokenizer& tokenizer, const Vocabulary& vocabulary);

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_WORDS_H_
