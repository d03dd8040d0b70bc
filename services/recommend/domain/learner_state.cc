#include "services/recommend/domain/learner_state.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/recommend/limits.h"
#include "xxhash.h"

namespace edirae::recommend {
namespace {

bool KeyLess(const KeptConcept& kept, IdKey key) { return kept.key < key; }

// Its value; -1 when it is none.
int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Where the text of a UUID has a hyphen: after 4, 6, 8 and 10 bytes.
bool HyphenBefore(size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

}  // namespace

EventId ParseEventId(absl::string_view text) {
  EventId id = {};
  size_t at = 0;
  for (size_t byte = 0; byte < id.size(); ++byte) {
    if (HyphenBefore(byte) && (at >= text.size() || text[at++] != '-')) return {};
    if (at + 2 > text.size()) return {};
    const int high = HexDigit(text[at]);
    const int low = HexDigit(text[at + 1]);
    if (high < 0 || low < 0) return {};
    id[byte] = static_cast<uint8_t>(high << 4 | low);
    at += 2;
  }
  return at == text.size() ? id : EventId();
}

std::string FormatEventId(const EventId& id) {
  std::string text;
  for (size_t byte = 0; byte < id.size(); ++byte) {
    absl::StrAppend(&text, HyphenBefore(byte) ? "-" : "", absl::Hex(id[byte], absl::kZeroPad2));
  }
  return text;
}

IdKey KeyOf(absl::string_view id) { return XXH64(id.data(), id.size(), 0); }

IdKey StageKeyOf(absl::string_view roadmap_id, absl::string_view stage_id) {
  return KeyOf(absl::StrCat(roadmap_id, "/", stage_id));
}

const ConceptState* LearnerState::Find(IdKey key) const {
  const auto found = std::lower_bound(concepts.begin(), concepts.end(), key, KeyLess);
  return found != concepts.end() && found->key == key ? &*found->state : nullptr;
}

ConceptState* LearnerState::At(IdKey key) {
  auto found = std::lower_bound(concepts.begin(), concepts.end(), key, KeyLess);
  if (found == concepts.end() || found->key != key) {
    if (concepts.size() >= limits::kMaxConceptsPerLearner) return nullptr;
    ConceptState begun;
    begun.key = key;
    found = concepts.insert(found, {.key = key, .state = CopyOnWrite(std::move(begun))});
  }
  return &found->state.Write();
}

bool LearnerState::Passed(IdKey stage) const {
  return std::find(passed_stages.begin(), passed_stages.end(), stage) != passed_stages.end();
}

}  // namespace edirae::recommend
