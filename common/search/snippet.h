#ifndef EDIRAE_COMMON_SEARCH_SNIPPET_H_
#define EDIRAE_COMMON_SEARCH_SNIPPET_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/search/document.h"
#include "common/search/fts.h"

namespace edirae::search {

// Folded words to mark, each with the number of the query's word that it stands for.
using WordsToMark = absl::flat_hash_map<std::string, size_t>;

// The passage of `document` that has the most different words to mark: of its text, or else its summary, or else its
// title; the beginning of the summary when none of them has any. Bounds in limits.h; cut between words where words are
// not longer than the passage; white space is drawn together.
std::vector<Piece> SnippetOf(const Document& document, const WordsToMark& words, const Tokenizer& tokenizer);

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_SNIPPET_H_
