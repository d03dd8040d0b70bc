#include "services/recommend/domain/learner_state.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/recommend/limits.h"
#include "xxhash.h"

namespace edirae::recommend {
namespace {

bool KeyLess(const KeptConcept& kept, IdKey key) { return kept.key < key; }

constexpr size_t kUuidChars = 36;

// The value of each hexadecimal digit; -1 for other characters.
constexpr std::array<int8_t, 256> kHexDigits = [] {
  std::array<int8_t, 256> values{};
  values.fill(-1);
  for (int value = 0; value < 16; ++value) {
    values["0123456789abcdef"[value]] = values["0123456789ABCDEF"[value]] = static_cast<int8_t>(value);
  }
  return values;
}();

int HexDigit(char c) { return kHexDigits[static_cast<uint8_t>(c)]; }

// Where the text of a UUID has a hyphen: after 4, 6, 8 and 10 bytes.
bool HyphenBefore(size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

}  // namespace

EventId ParseEventId(absl::string_view text) {
  if (text.size() != kUuidChars) return {};
  EventId id;
  const char* at = text.data();
  bool is_uuid = true;
  for (size_t byte = 0; byte < id.size(); ++byte) {
    if (HyphenBefore(byte)) is_uuid &= *at++ == '-';
    const int digits = HexDigit(at[0]) * 16 | HexDigit(at[1]);  // below 0 when one of them is none
    is_uuid &= digits >= 0;
    id[byte] = static_cast<uint8_t>(digits);
    at += 2;
  }
  return is_uuid ? id : EventId();
}

std::string FormatEventId(const EventId& id) {
  std::string text;
  for (size_t byte = 0; byte < id.size(); ++byte) {
    absl::StrAppend(&text, HyphenBefore(byte) ? "-" : "", absl::Hex(id[byte], absl::kZeroPad2));
  }
  return text;
}

int64_t TimeMsOf(const EventId& id) {
  int64_t time = 0;
  for (size_t i = 0; i < kIdTimeBytes; ++i) time = time << 8 | id[i];
  return time;
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

const KeptMilestone* LearnerState::FindMilestone(IdKey key) const {
  const auto found = std::ranges::lower_bound(milestones, key, {}, &KeptMilestone::key);
  return found != milestones.end() && found->key == key ? &*found : nullptr;
}

}  // namespace edirae::recommend
