#include "common/search/snippet.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "common/search/limits.h"

namespace edirae::search {
namespace {

// A word to mark, where a text has it.
struct Match {
  size_t begin;
  size_t end;
  size_t word;
};

struct Passage {
  size_t begin = 0;
  size_t end = 0;
};

bool IsInsideCharacter(absl::string_view text, size_t at) {
  return at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80;
}

std::vector<Match> MatchesIn(absl::string_view text, const WordsToMark& words, const Tokenizer& tokenizer) {
  std::vector<Match> matches;
  tokenizer.Cut(text.substr(0, limits::kMaxSnippetScan), [&](absl::string_view word, size_t begin, size_t end) {
    const auto found = words.find(word);
    if (found != words.end()) matches.push_back({begin, end, found->second});
    return matches.size() < limits::kMaxSnippetMatches;
  });
  return matches;
}

// How many different words begin at or behind `first` in a passage that begins there.
int DifferentWordsFrom(const std::vector<Match>& matches, size_t first) {
  uint64_t seen = 0;
  const size_t end = matches[first].begin + limits::kMaxSnippetBytes - limits::kSnippetLeadBytes;
  for (size_t i = first; i < matches.size() && matches[i].end <= end; ++i) seen |= uint64_t{1} << matches[i].word;
  return __builtin_popcountll(seen);
}

// Where a passage begins that leads to `at`: behind a space, if there is one.
size_t BeginBefore(absl::string_view text, size_t at) {
  size_t begin = at - std::min(at, limits::kSnippetLeadBytes);
  if (begin == 0) return 0;
  const size_t space = text.find_first_of(" \n\t", begin);
  if (space != absl::string_view::npos && space < at) return space + 1;
  while (IsInsideCharacter(text, begin)) ++begin;
  return begin;
}

size_t EndAfter(absl::string_view text, size_t begin, size_t last_match_end) {
  size_t end = std::min(text.size(), begin + limits::kMaxSnippetBytes);
  if (end == text.size()) return end;
  const size_t space = text.find_last_of(" \n\t", end);
  if (space != absl::string_view::npos && space > begin && space >= last_match_end) return space;
  while (end > begin && IsInsideCharacter(text, end)) --end;
  return end;
}

Passage BestPassage(absl::string_view text, const std::vector<Match>& matches) {
  size_t best = 0;
  int most = 0;
  for (size_t i = 0; i < matches.size(); ++i) {
    const int words = DifferentWordsFrom(matches, i);
    if (words > most) {
      most = words;
      best = i;
    }
  }
  const size_t anchor = matches.empty() ? 0 : matches[best].begin;
  const size_t begin = BeginBefore(text, anchor);
  const size_t least = matches.empty() ? 0 : std::min(matches[best].end, begin + limits::kMaxSnippetBytes);
  return {begin, EndAfter(text, begin, least)};
}

void AppendCollapsed(absl::string_view text, bool after_space, std::string& out) {
  for (const char byte : text) {
    const bool space = absl::ascii_isspace(static_cast<unsigned char>(byte));
    if (!space) out.push_back(byte);
    if (space && !after_space) out.push_back(' ');
    after_space = space;
  }
}

// Adds a piece, unless it would be empty.
void AddPiece(absl::string_view text, bool matches, std::vector<Piece>& pieces) {
  const bool after_space = pieces.empty() || pieces.back().text.back() == ' ';
  Piece piece{.text = "", .matches = matches};
  AppendCollapsed(text, after_space, piece.text);
  if (!piece.text.empty()) pieces.push_back(std::move(piece));
}

std::vector<Piece> PiecesOf(absl::string_view text, const Passage& passage, const std::vector<Match>& matches) {
  std::vector<Piece> pieces;
  size_t at = passage.begin;
  for (const Match& match : matches) {
    if (match.begin < at || match.end > passage.end) continue;
    AddPiece(text.substr(at, match.begin - at), false, pieces);
    AddPiece(text.substr(match.begin, match.end - match.begin), true, pieces);
    at = match.end;
  }
  AddPiece(text.substr(at, passage.end - at), false, pieces);
  return pieces;
}

}  // namespace

std::vector<Piece> SnippetOf(const Document& document, const WordsToMark& words, const Tokenizer& tokenizer) {
  for (const std::string* text : {&document.text, &document.summary, &document.title}) {
    const std::vector<Match> matches = MatchesIn(*text, words, tokenizer);
    if (!matches.empty()) return PiecesOf(*text, BestPassage(*text, matches), matches);
  }
  return PiecesOf(document.summary, BestPassage(document.summary, {}), {});
}

}  // namespace edirae::search
