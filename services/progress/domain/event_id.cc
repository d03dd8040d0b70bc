#include "services/progress/domain/event_id.h"

namespace edirae::progress {
namespace {

constexpr size_t kTextLength = 36;

constexpr bool IsDash(size_t index) { return index == 8 || index == 13 || index == 18 || index == 23; }

}  // namespace

std::optional<EventId> EventId::Parse(absl::string_view text) {
  if (text.size() != kTextLength) return std::nullopt;
  uint64_t halves[2] = {0, 0};
  int digits = 0;
  for (size_t i = 0; i < kTextLength; ++i) {
    const char c = text[i];
    if (IsDash(i)) {
      if (c != '-') return std::nullopt;
      continue;
    }
    uint64_t value;
    if (c >= '0' && c <= '9') {
      value = static_cast<uint64_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      value = 10 + static_cast<uint64_t>(c - 'a');
    } else {
      return std::nullopt;
    }
    uint64_t& half = halves[digits / 16];
    half = half << 4 | value;
    ++digits;
  }
  return EventId{halves[0], halves[1]};
}

std::string EventId::ToString() const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(kTextLength, '-');
  int digit = 0;
  for (size_t i = 0; i < kTextLength; ++i) {
    if (IsDash(i)) continue;
    const uint64_t half = digit < 16 ? high : low;
    text[i] = kDigits[half >> (60 - 4 * (digit % 16)) & 0xf];
    ++digit;
  }
  return text;
}

}  // namespace edirae::progress
