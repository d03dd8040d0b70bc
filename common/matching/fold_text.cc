#include "common/matching/fold_text.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"

namespace edirae {
namespace {

// Latin letters from U+00C0 to U+017F without case and accent; empty for what is no letter.
constexpr char32_t kFirstLatin = 0xC0;
constexpr std::array<const char*, 192> kLatin = {
    // U+00C0: Latin-1
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",  //
    "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "ss",  //
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",  //
    "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y",   //
    // U+0100: Latin Extended-A
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",    //
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",    //
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",    //
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",  //
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",    //
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",  //
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",    //
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s"};

// One character of a text.
struct Character {
  char32_t code = 0;
  absl::string_view bytes;
};

// The character at the start of `text`, which is not empty. Bytes that are no UTF-8 come one by one, with code 0.
Character FirstOf(absl::string_view text) {
  const auto first = static_cast<uint8_t>(text[0]);
  if (first < 0x80) return {first, text.substr(0, 1)};
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
  if (length == 1 || text.size() < length) return {0, text.substr(0, 1)};
  char32_t code = first & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    const auto next = static_cast<uint8_t>(text[i]);
    if ((next & 0xC0) != 0x80) return {0, text.substr(0, 1)};
    code = code << 6 | (next & 0x3FU);
  }
  return {code, text.substr(0, length)};
}

bool IsSpace(char32_t code) {
  return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200B) || code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F ||
         code == 0x3000 || code == 0xFEFF;
}

bool IsHyphen(char32_t code) {
  return code == '-' || code == 0xAD || (code >= 0x2010 && code <= 0x2015) || code == 0x2212;
}

bool IsCombiningAccent(char32_t code) { return code >= 0x300 && code <= 0x36F; }

bool IsPunctuation(char32_t code) {
  if (code < 0x80)
    return absl::string_view(".,;:!?'\"`()[]{}").find(static_cast<char>(code)) != absl::string_view::npos;
  return code == 0xA1 || code == 0xAB || code == 0xB4 || code == 0xBB || code == 0xBF ||
         (code >= 0x2018 && code <= 0x201F) || code == 0x2026 || code == 0x2039 || code == 0x203A;
}

void AppendFolded(const Character& character, std::string& out) {
  const char32_t code = character.code;
  if (code != 0 && code < 0x80) {
    out.push_back(absl::ascii_tolower(static_cast<unsigned char>(code)));
  } else if (code >= kFirstLatin && code < kFirstLatin + kLatin.size() && *kLatin[code - kFirstLatin] != '\0') {
    out.append(kLatin[code - kFirstLatin]);
  } else if (!IsCombiningAccent(code)) {
    out.append(character.bytes.data(), character.bytes.size());
  }
}

// Calls `take` for each character.
template <class Take>
void ForEach(absl::string_view text, const Take& take) {
  while (!text.empty()) {
    const Character character = FirstOf(text);
    take(character);
    text.remove_prefix(character.bytes.size());
  }
}

// `text` without punctuation at its ends.
absl::string_view Trimmed(absl::string_view text) {
  size_t begin = text.size(), end = 0, at = 0;
  ForEach(text, [&](const Character& character) {
    if (!IsPunctuation(character.code)) {
      if (begin == text.size()) begin = at;
      end = at + character.bytes.size();
    }
    at += character.bytes.size();
  });
  return begin < end ? text.substr(begin, end - begin) : absl::string_view();
}

}  // namespace

std::string FoldText(absl::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  bool space = false;
  ForEach(text, [&](const Character& character) {
    if (IsSpace(character.code)) {
      space = true;
      return;
    }
    if (space && !folded.empty()) folded.push_back(' ');
    space = false;
    AppendFolded(character, folded);
  });
  return folded;
}

std::string FoldAnswer(absl::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  ForEach(text, [&](const Character& character) {
    if (!IsSpace(character.code) && !IsHyphen(character.code)) AppendFolded(character, folded);
  });
  return std::string(Trimmed(folded));
}

}  // namespace edirae
