#include "services/recommend/adapters/state_codec.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/recommend/limits.h"
#include "xxhash.h"

namespace edirae::recommend {
namespace {

constexpr uint8_t kVersion = 3;
constexpr size_t kKeyBytes = 8;
constexpr size_t kMaxVarintBytes = 10;
// Bytes of the shortest of each: sizes that a damaged count may claim are checked against what is left.
constexpr size_t kMinConceptBytes = kKeyBytes + 11;
constexpr size_t kMinQuestionBytes = kKeyBytes + 2;
constexpr size_t kMinCardBytes = kKeyBytes + sizeof(memory::Card) + 2;
// Of most states and of most concepts, with a little room.
constexpr size_t kUsualBytes = 512;
constexpr size_t kUsualConceptBytes = 640;
constexpr uint8_t kMastered = 1;
constexpr uint8_t kRecall = 2;
constexpr uint8_t kBelief = 4;

static_assert(std::endian::native == std::endian::little, "values are written as they lie in memory");
template <class T>
concept Raw = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>;

class Writer {
 public:
  // About so many bytes will come.
  explicit Writer(size_t expected) { bytes_.reserve(expected); }

  void Byte(uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void Varint(uint64_t value) {
    std::array<char, kMaxVarintBytes> bytes;
    size_t count = 0;
    for (; value >= 0x80; value >>= 7) bytes[count++] = static_cast<char>(static_cast<uint8_t>(value) | 0x80);
    bytes[count++] = static_cast<char>(value);
    bytes_.append(bytes.data(), count);
  }
  template <Raw T>
  void Value(const T& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(value));
  }
  template <Raw... T>
  void Values(const T&... values) {
    (Value(values), ...);
  }
  template <Raw T>
  void Each(const std::vector<T>& values) {
    Varint(values.size());
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  void Text(absl::string_view text) {
    Varint(text.size());
    bytes_.append(text.data(), text.size());
  }
  std::string Finish() && {
    Value(XXH64(bytes_.data(), bytes_.size(), 0));
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
};

// Reads what Writer wrote; after the first thing that cannot be, ok() is false and everything reads as zero.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : bytes_(bytes) {}

  uint8_t Byte() {
    uint8_t value = 0;
    Value(value);
    return value;
  }
  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const uint8_t byte = Byte();
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    ok_ = false;
    return 0;
  }
  int64_t Signed() { return static_cast<int64_t>(Varint()); }
  int32_t Small() { return static_cast<int32_t>(Varint()); }
  template <Raw T>
  void Value(T& value) {
    if (bytes_.size() < sizeof(value)) ok_ = false;
    if (!ok_) return;
    std::memcpy(&value, bytes_.data(), sizeof(value));
    bytes_.remove_prefix(sizeof(value));
  }
  template <Raw... T>
  void Values(T&... values) {
    (Value(values), ...);
  }
  size_t Count(size_t min_bytes_each, size_t most) {
    const uint64_t count = Varint();
    if (count > bytes_.size() / min_bytes_each || count > most) ok_ = false;
    return ok_ ? count : 0;
  }
  template <Raw T>
  std::vector<T> Each(size_t most) {
    std::vector<T> values(Count(sizeof(T), most));
    const size_t size = values.size() * sizeof(T);
    if (size > 0) std::memcpy(values.data(), bytes_.data(), size);
    bytes_.remove_prefix(size);
    return values;
  }
  std::string Text(size_t most) {
    std::string text(bytes_.substr(0, Count(1, most)));
    bytes_.remove_prefix(text.size());
    return text;
  }
  void Refuse() { ok_ = false; }
  bool ok() const { return ok_; }
  bool AtEnd() const { return bytes_.empty(); }

 private:
  absl::string_view bytes_;
  bool ok_ = true;
};

void Write(const Recall& recall, Writer& out) {
  out.Value(recall.card);
  out.Varint(recall.due_ms);
}

Recall ReadRecall(Reader& in) {
  Recall recall;
  in.Value(recall.card);
  recall.due_ms = in.Signed();
  return recall;
}

void Write(const ConceptState& state, Writer& out) {
  out.Value(state.key);
  out.Varint(state.last_activity_ms);
  out.Varint(state.outcomes);
  for (const int32_t count :
       {state.answers, state.correct, state.distinct_correct, state.distinct_unaided, state.hints}) {
    out.Varint(count);
  }
  const bool believes = state.belief.answers > 0;
  out.Byte(static_cast<uint8_t>((state.mastered ? kMastered : 0) | (state.recall.planned() ? kRecall : 0) |
                                (believes ? kBelief : 0)));
  if (state.recall.planned()) Write(state.recall, out);
  if (believes) out.Value(state.belief);
  out.Each(state.evidence);
  out.Varint(state.questions.size());
  for (const SeenQuestion& question : state.questions) {
    out.Value(question.item);
    out.Varint(static_cast<uint64_t>(question.last_seq) << 2 | (question.unaided ? 2 : 0) | (question.right ? 1 : 0));
    out.Varint(question.counted_ms);
  }
  out.Varint(state.cards.size());
  for (const SeenCard& card : state.cards) {
    out.Value(card.item);
    out.Varint(card.last_seq);
    Write(card.recall, out);
  }
}

void Read(Reader& in, ConceptState& state) {
  in.Value(state.key);
  state.last_activity_ms = in.Signed();
  state.outcomes = in.Varint();
  for (int32_t* count :
       {&state.answers, &state.correct, &state.distinct_correct, &state.distinct_unaided, &state.hints}) {
    *count = in.Small();
  }
  const uint8_t flags = in.Byte();
  state.mastered = (flags & kMastered) != 0;
  if ((flags & kRecall) != 0) state.recall = ReadRecall(in);
  if ((flags & kBelief) != 0) in.Value(state.belief);
  state.evidence = in.Each<EventId>(limits::kMaxEvidence);
  state.questions.resize(in.Count(kMinQuestionBytes, limits::kMaxSeenItems));
  for (SeenQuestion& question : state.questions) {
    in.Value(question.item);
    const uint64_t packed = in.Varint();
    question.last_seq = static_cast<int64_t>(packed >> 2);
    question.unaided = (packed & 2) != 0;
    question.right = (packed & 1) != 0;
    question.counted_ms = in.Signed();
  }
  state.cards.resize(in.Count(kMinCardBytes, limits::kMaxSeenItems));
  for (SeenCard& card : state.cards) {
    in.Value(card.item);
    card.last_seq = in.Signed();
    card.recall = ReadRecall(in);
  }
}

void Write(const KeptTrack& kept, Writer& out) {
  out.Text(kept.goal);
  out.Text(kept.pins);
  out.Varint(kept.goal_ms);
  out.Varint(kept.keep_ms);
  out.Varint(kept.passed_stages);
  out.Each(kept.standings);
  out.Each(kept.known);
}

KeptTrack ReadKept(Reader& in) {
  KeptTrack kept;
  kept.goal = in.Text(limits::kMaxKeptWishBytes);
  kept.pins = in.Text(limits::kMaxKeptWishBytes);
  kept.goal_ms = in.Signed();
  kept.keep_ms = in.Signed();
  kept.passed_stages = in.Small();
  kept.standings = in.Each<KeptStanding>(limits::kMaxConceptsPerLearner);
  kept.known = in.Each<IdKey>(limits::kMaxGoalConcepts);
  return kept;
}

void Write(const mastery::LearnerState& state, Writer& out) {
  out.Values(state.slow, state.fast, state.tendencies, state.surprise, state.recent_surprise, state.answers,
             state.correct, state.clock_seconds);
  out.Varint(state.last_time_seconds);
  out.Values(state.last_item, state.last_concept, state.run, state.outcomes);
  out.Each(state.concepts);
  out.Each(state.items.places());
}

mastery::LearnerState ReadMastery(Reader& in) {
  mastery::LearnerState state;
  in.Values(state.slow, state.fast, state.tendencies, state.surprise, state.recent_surprise, state.answers,
            state.correct, state.clock_seconds);
  state.last_time_seconds = in.Signed();
  in.Values(state.last_item, state.last_concept, state.run, state.outcomes);
  state.concepts = in.Each<mastery::ConceptState>(limits::kMaxConceptsPerLearner);
  auto items = mastery::ItemMemory::FromPlaces(in.Each<mastery::ItemHistory>(2 * limits::kMaxItemsPerLearner));
  items.has_value() ? void(state.items = *std::move(items)) : in.Refuse();
  return state;
}

absl::Status Damaged(absl::string_view learner_id, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the checkpoint of learner ", learner_id, " ", what));
}

uint64_t ChecksumAtEndOf(absl::string_view bytes) {
  uint64_t checksum = 0;
  Reader(bytes.substr(bytes.size() - kKeyBytes)).Value(checksum);
  return checksum;
}

}  // namespace

std::string EncodeState(const LearnerState& state) {
  Writer out(kUsualBytes + state.concepts.size() * kUsualConceptBytes);
  out.Byte(kVersion);
  out.Varint(state.applied_seq);
  out.Each(state.passed_stages);
  out.Varint(state.opened.size());
  for (const OpenedResource& opened : state.opened) {
    out.Value(opened.item);
    out.Varint(opened.last_seq);
  }
  out.Varint(state.concepts.size());
  for (const KeptConcept& kept : state.concepts) Write(*kept.state, out);
  out.Values(state.belief, state.calibration, state.retention_permille);
  out.Each(state.known);
  Write(*state.kept, out);
  Write(state.mastery, out);
  return std::move(out).Finish();
}

absl::StatusOr<LearnerState> DecodeState(absl::string_view learner_id, absl::string_view bytes) {
  if (bytes.size() < 1 + kKeyBytes) return Damaged(learner_id, "is cut off");
  const absl::string_view body = bytes.substr(0, bytes.size() - kKeyBytes);
  if (ChecksumAtEndOf(bytes) != XXH64(body.data(), body.size(), 0)) {
    return Damaged(learner_id, "does not fit its checksum");
  }
  Reader in(body);
  if (const int version = in.Byte(); version != kVersion) {
    return Damaged(learner_id, absl::StrCat("has version ", version, ", which this program does not know"));
  }
  LearnerState state;
  state.learner_id = std::string(learner_id);
  state.applied_seq = in.Signed();
  state.passed_stages = in.Each<IdKey>(body.size());
  state.opened.resize(in.Count(kKeyBytes + 1, limits::kMaxOpenedResources));
  for (OpenedResource& opened : state.opened) {
    in.Value(opened.item);
    opened.last_seq = in.Signed();
  }
  const size_t concepts = in.Count(kMinConceptBytes, limits::kMaxConceptsPerLearner);
  state.concepts.resize(concepts);
  for (KeptConcept& kept : state.concepts) {
    Read(in, kept.state.Write());
    kept.key = kept.state->key;
  }
  in.Values(state.belief, state.calibration, state.retention_permille);
  state.known = in.Each<IdKey>(limits::kMaxGoalConcepts);
  state.kept = CopyOnWrite(ReadKept(in));
  state.mastery = ReadMastery(in);
  if (!in.ok() || !in.AtEnd()) return Damaged(learner_id, "is malformed");
  return state;
}

}  // namespace edirae::recommend
