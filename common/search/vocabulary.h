#ifndef EDIRAE_COMMON_SEARCH_VOCABULARY_H_
#define EDIRAE_COMMON_SEARCH_VOCABULARY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace edirae::search {

// A word of the vocabulary that stands for one of a query.
struct Term {
  std::string word;
  uint32_t documents = 0;  // that have it
  double factor = 1;       // how much of a match it is: 1 for the word itself, less for others
};

// All words that occur in some documents, and in how many. Immutable once filled, then thread-safe.
class Vocabulary {
 public:
  // `word` is folded as the index folds. Words come in ascending order of bytes, each once.
  void Add(absl::string_view word, uint32_t documents);

  // All words of `base` and `more` with the documents of both, without `fewer` of them: words of documents of `base`
  // that are no longer there.
  static Vocabulary Merge(const Vocabulary& base, const absl::flat_hash_map<std::string, uint32_t>& fewer,
                          const Vocabulary& more);

  // What `word` stands for, best first: itself, and words that begin with it when `unfinished`; when there are none,
  // words that begin with it; when there are none of those either, words a slip or two away. The bounds are in
  // limits.h.
  std::vector<Term> Expand(absl::string_view word, bool unfinished) const;

  // True when `Expand` has to look for other spellings.
  bool IsUnknown(absl::string_view word) const;

  size_t size() const { return words_.size(); }

 private:
  struct Entry {
    std::string word;
    uint32_t documents;
    uint64_t letters;  // which bytes occur, by their low six bits
  };

  std::vector<Entry>::const_iterator LowerBound(absl::string_view word) const;
  std::vector<Term> BeginningWith(absl::string_view word) const;
  std::vector<Term> Near(absl::string_view word) const;

  std::vector<Entry> words_;
};

}  // namespace edirae::search

#endif  // EDIRAE_COMMON_SEARCH_VOCABULARY_H_
