#include "common/search/vocabulary.h"

#include <algorithm>
#include <bit>

#include "absl/strings/match.h"
#include "common/matching/edit_distance.h"
#include "common/search/limits.h"

namespace edirae::search {
namespace {

constexpr double kPrefixFactor = 0.7;
constexpr double kSlipFactor = 0.6;  // of each slip

uint64_t LettersOf(absl::string_view word) {
  uint64_t letters = 0;
  for (const char byte : word) letters |= uint64_t{1} << (static_cast<uint8_t>(byte) & 63);
  return letters;
}

size_t SlipsAllowed(absl::string_view word) {
  if (word.size() > limits::kMaxWordBytes) return 0;
  return word.size() >= limits::kTwoSlipsBytes ? 2 : word.size() >= limits::kOneSlipBytes ? 1 : 0;
}

// Keeps the `count` best of `terms`, best first: the nearest, then those of most documents.
void KeepBest(std::vector<Term>& terms, size_t count) {
  const size_t kept = std::min(terms.size(), count);
  std::partial_sort(terms.begin(), terms.begin() + static_cast<ptrdiff_t>(kept), terms.end(),
                    [](const Term& a, const Term& b) {
                      if (a.factor != b.factor) return a.factor > b.factor;
                      if (a.documents != b.documents) return a.documents > b.documents;
                      return a.word < b.word;
                    });
  terms.resize(kept);
}

}  // namespace

void Vocabulary::Add(absl::string_view word, uint32_t documents) {
  words_.push_back({std::string(word), documents, LettersOf(word)});
}

Vocabulary Vocabulary::Merge(const Vocabulary& base, const absl::flat_hash_map<std::string, uint32_t>& fewer,
                             const Vocabulary& more) {
  Vocabulary merged;
  merged.words_.reserve(base.size() + more.size());
  const auto left_of = [&](const Entry& entry) {
    const auto found = fewer.find(entry.word);
    return found == fewer.end() ? entry.documents : entry.documents - std::min(entry.documents, found->second);
  };
  auto next = more.words_.begin();
  for (const Entry& entry : base.words_) {
    for (; next != more.words_.end() && next->word < entry.word; ++next) merged.words_.push_back(*next);
    uint32_t documents = left_of(entry);
    if (next != more.words_.end() && next->word == entry.word) documents += next++->documents;
    if (documents > 0) merged.words_.push_back({entry.word, documents, entry.letters});
  }
  merged.words_.insert(merged.words_.end(), next, more.words_.end());
  return merged;
}

std::vector<Vocabulary::Entry>::const_iterator Vocabulary::LowerBound(absl::string_view word) const {
  return std::lower_bound(words_.begin(), words_.end(), word,
                          [](const Entry& entry, absl::string_view sought) { return entry.word < sought; });
}

bool Vocabulary::IsUnknown(absl::string_view word) const {
  const auto at = LowerBound(word);
  return at == words_.end() || !absl::StartsWith(at->word, word);
}

std::vector<Term> Vocabulary::Expand(absl::string_view word, bool unfinished) const {
  if (IsUnknown(word)) return Near(word);
  const auto at = LowerBound(word);
  if (!unfinished && at->word == word) return {{at->word, at->documents, 1}};
  return BeginningWith(word);
}

std::vector<Term> Vocabulary::BeginningWith(absl::string_view word) const {
  std::vector<Term> terms;
  for (auto at = LowerBound(word); at != words_.end() && absl::StartsWith(at->word, word); ++at) {
    terms.push_back({at->word, at->documents, at->word == word ? 1 : kPrefixFactor});
  }
  KeepBest(terms, limits::kMaxPrefixed);
  return terms;
}

// Goes through all words, but compares only those that could be near enough: of about the same size, and with nearly
// the same letters, since one slip adds or takes away at most two.
std::vector<Term> Vocabulary::Near(absl::string_view word) const {
  const size_t allowed = SlipsAllowed(word);
  if (allowed == 0) return {};
  const uint64_t letters = LettersOf(word);
  std::vector<Term> terms;
  for (const Entry& entry : words_) {
    if (static_cast<size_t>(std::popcount(entry.letters ^ letters)) > 2 * allowed) continue;
    const size_t slips = EditDistance(word, entry.word, allowed);
    if (slips <= allowed) terms.push_back({entry.word, entry.documents, slips == 1 ? kSlipFactor : kSlipFactor / 2});
  }
  KeepBest(terms, limits::kMaxCorrected);
  return terms;
}

}  // namespace edirae::search
