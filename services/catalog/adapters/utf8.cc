#include "services/catalog/adapters/utf8.h"

#include <algorithm>
#include <cstdint>

namespace edirae::catalog {
namespace {

uint8_t ByteAt(absl::string_view text, size_t i) { return static_cast<uint8_t>(text[i]); }

bool IsContinuation(absl::string_view text, size_t i) { return i < text.size() && (ByteAt(text, i) & 0xC0) == 0x80; }

// Bytes of the character at `i` by table 3-7 of the Unicode standard; 0 when it is ill formed.
size_t CharacterLength(absl::string_view text, size_t i) {
  const uint8_t first = ByteAt(text, i);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  for (size_t k = 1; k < length; ++k) {
    if (!IsContinuation(text, i + k)) return 0;
  }
  const uint8_t second = ByteAt(text, i + 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second > 0x9F;
  const bool too_large = first == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_large ? 0 : length;
}

}  // namespace

size_t FirstInvalidUtf8(absl::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const size_t length = CharacterLength(text, i);
    if (length == 0) return i;
    i += length;
  }
  return std::string::npos;
}

size_t FirstControlCharacter(absl::string_view text) {
  const auto found = std::find_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<uint8_t>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
  });
  return found == text.end() ? std::string::npos : static_cast<size_t>(found - text.begin());
}

Lines::Lines(absl::string_view text) : text_(text), starts_{0} {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts_.push_back(i + 1);
  }
}

int Lines::CharacterColumn(int line, int byte) const {
  if (line < 0 || static_cast<size_t>(line) >= starts_.size() || byte < 0) return 1;
  const absl::string_view before = text_.substr(starts_[static_cast<size_t>(line)], static_cast<size_t>(byte));
  return 1 + static_cast<int>(std::count_if(before.begin(), before.end(),
                                            [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

Location Lines::At(const std::string& file, size_t offset) const {
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<int>(next - starts_.begin()) - 1;
  return {file, line + 1, CharacterColumn(line, static_cast<int>(offset - starts_[static_cast<size_t>(line)]))};
}

}  // namespace edirae::catalog
