#include "services/recommend/adapters/state_codec.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/review_ladder.h"
#include "services/recommend/limits.h"
#include "xxhash.h"

namespace edirae::recommend {
namespace {

constexpr uint8_t kVersion = 1;
constexpr size_t kKeyBytes = 8;
// Bytes of the shortest concept: sizes that a damaged count may claim are checked against what is left.
constexpr size_t kMinConceptBytes = kKeyBytes + 11;
constexpr size_t kMinItemBytes = kKeyBytes + 1;

class Writer {
 public:
  void Byte(uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void Varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) Byte(static_cast<uint8_t>(value) | 0x80);
    Byte(static_cast<uint8_t>(value));
  }
  void Key(uint64_t value) {
    for (size_t i = 0; i < kKeyBytes; ++i) Byte(static_cast<uint8_t>(value >> (8 * i)));
  }
  void Items(const std::vector<SeenItem>& items) {
    Varint(items.size());
    for (const SeenItem& item : items) {
      Key(item.item);
      Varint(static_cast<uint64_t>(item.last_seq) << 1 | (item.succeeded ? 1 : 0));
    }
  }
  std::string Finish() && {
    Key(XXH64(bytes_.data(), bytes_.size(), 0));
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
    if (bytes_.empty()) ok_ = false;
    if (!ok_) return 0;
    const uint8_t value = static_cast<uint8_t>(bytes_[0]);
    bytes_.remove_prefix(1);
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
  uint64_t Key() {
    uint64_t value = 0;
    for (size_t i = 0; i < kKeyBytes; ++i) value |= static_cast<uint64_t>(Byte()) << (8 * i);
    return value;
  }
  size_t Count(size_t min_bytes_each) {
    const uint64_t count = Varint();
    if (count > bytes_.size() / min_bytes_each) ok_ = false;
    return ok_ ? count : 0;
  }
  std::vector<SeenItem> Items() {
    std::vector<SeenItem> items(Count(kMinItemBytes));
    if (items.size() > limits::kMaxSeenItems) ok_ = false;
    for (SeenItem& item : items) {
      item.item = Key();
      const uint64_t packed = Varint();
      item.last_seq = static_cast<int64_t>(packed >> 1);
      item.succeeded = (packed & 1) != 0;
    }
    return items;
  }
  void Refuse() { ok_ = false; }
  bool ok() const { return ok_; }
  bool AtEnd() const { return bytes_.empty(); }

 private:
  absl::string_view bytes_;
  bool ok_ = true;
};

void Write(const ConceptState& state, Writer& out) {
  out.Key(state.key);
  out.Varint(state.last_activity_ms);
  out.Varint(state.outcomes);
  out.Varint(state.answers);
  out.Varint(state.correct);
  out.Varint(state.distinct_correct);
  out.Byte(state.mastered ? 1 : 0);
  out.Byte(static_cast<uint8_t>(state.memory.step));
  out.Varint(state.memory.last_success_ms);
  out.Varint(state.memory.due_ms);
  out.Items(state.questions);
  out.Items(state.cards);
}

ConceptState ReadConcept(Reader& in) {
  ConceptState state;
  state.key = in.Key();
  state.last_activity_ms = in.Signed();
  state.outcomes = in.Varint();
  state.answers = in.Small();
  state.correct = in.Small();
  state.distinct_correct = in.Small();
  state.mastered = in.Byte() != 0;
  state.memory.step = in.Byte();
  if (state.memory.step >= kLadderSteps) in.Refuse();
  state.memory.last_success_ms = in.Signed();
  state.memory.due_ms = in.Signed();
  state.questions = in.Items();
  state.cards = in.Items();
  return state;
}

absl::Status Damaged(absl::string_view learner_id, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the checkpoint of learner ", learner_id, " ", what));
}

}  // namespace

std::string EncodeState(const LearnerState& state) {
  Writer out;
  out.Byte(kVersion);
  out.Varint(state.applied_seq);
  out.Varint(state.passed_stages.size());
  for (const IdKey stage : state.passed_stages) out.Key(stage);
  out.Varint(state.concepts.size());
  for (const ConceptState& touched : state.concepts) Write(touched, out);
  return std::move(out).Finish();
}

absl::StatusOr<LearnerState> DecodeState(absl::string_view learner_id, absl::string_view bytes) {
  if (bytes.size() < 1 + kKeyBytes) return Damaged(learner_id, "is cut off");
  const absl::string_view body = bytes.substr(0, bytes.size() - kKeyBytes);
  if (Reader(bytes.substr(body.size())).Key() != XXH64(body.data(), body.size(), 0)) {
    return Damaged(learner_id, "does not fit its checksum");
  }
  Reader in(body);
  if (const int version = in.Byte(); version != kVersion) {
    return Damaged(learner_id, absl::StrCat("has version ", version, ", which this program does not know"));
  }
  LearnerState state;
  state.learner_id = std::string(learner_id);
  state.applied_seq = in.Signed();
  state.passed_stages.resize(in.Count(kKeyBytes));
  for (IdKey& stage : state.passed_stages) stage = in.Key();
  state.concepts.resize(in.Count(kMinConceptBytes));
  for (ConceptState& touched : state.concepts) touched = ReadConcept(in);
  if (!in.ok() || !in.AtEnd()) return Damaged(learner_id, "is malformed");
  return state;
}

}  // namespace edirae::recommend
