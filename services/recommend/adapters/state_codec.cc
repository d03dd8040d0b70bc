#include "services/recommend/adapters/state_codec.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/recommend/adapters/state_bytes.h"
#include "services/recommend/limits.h"
#include "xxhash.h"

namespace edirae::recommend {
namespace {

constexpr uint8_t kVersion = 6;
constexpr size_t kKeyBytes = 8;
// Bytes of the shortest of each: sizes that a damaged count may claim are checked against what is left.
constexpr size_t kMinConceptBytes = kKeyBytes + 11;
constexpr size_t kMinEvidenceBytes = sizeof(EventId) - kIdTimeBytes + 1;
constexpr size_t kMinQuestionBytes = kKeyBytes + 1;
constexpr size_t kMilestoneBytes = kKeyBytes + 1 + sizeof(EventId);
constexpr size_t kMinCardBytes = kKeyBytes + sizeof(memory::Card) + 2;
// Of most states and of most concepts, with a little room.
constexpr size_t kUsualBytes = 512;
constexpr size_t kUsualConceptBytes = 512;
// Flags of a concept and of a question.
constexpr uint8_t kMastered = 1;
constexpr uint8_t kRecall = 2;
constexpr uint8_t kBelief = 4;
constexpr uint64_t kRight = 1;
constexpr uint64_t kUnaided = 2;
constexpr uint64_t kCounted = 4;
constexpr int kQuestionFlags = 3;

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

// `before_ms` is where the differences of times begin.
void WriteEvidence(const std::vector<EventId>& evidence, int64_t before_ms, Writer& out) {
  out.Varint(evidence.size());
  for (const EventId& id : evidence) {
    const int64_t time = TimeMsOf(id);
    out.Difference(time, std::exchange(before_ms, time));
    out.Bytes(id.data() + kIdTimeBytes, sizeof(EventId) - kIdTimeBytes);
  }
}

std::vector<EventId> ReadEvidence(int64_t before_ms, Reader& in) {
  std::vector<EventId> evidence(in.Count(kMinEvidenceBytes, limits::kMaxEvidence));
  for (EventId& id : evidence) {
    before_ms = in.Difference(before_ms);
    for (size_t i = 0; i < kIdTimeBytes; ++i) id[i] = static_cast<uint8_t>(before_ms >> 8 * (kIdTimeBytes - 1 - i));
    std::array<uint8_t, sizeof(EventId) - kIdTimeBytes> rest{};
    in.Value(rest);
    std::ranges::copy(rest, id.begin() + kIdTimeBytes);
  }
  return evidence;
}

void WriteQuestions(const std::vector<SeenQuestion>& questions, int64_t before_ms, Writer& out) {
  out.Varint(questions.size());
  int64_t before_seq = 0;
  for (const SeenQuestion& question : questions) {
    out.Value(question.item);
    const bool counted = question.counted_ms != 0;
    out.Varint(ToZigzag(question.last_seq, std::exchange(before_seq, question.last_seq)) << kQuestionFlags |
               (counted ? kCounted : 0) | (question.unaided ? kUnaided : 0) | (question.right ? kRight : 0));
    if (counted) out.Difference(question.counted_ms, std::exchange(before_ms, question.counted_ms));
  }
}

void ReadQuestion(int64_t& before_seq, int64_t& before_ms, Reader& in, SeenQuestion& question) {
  in.Value(question.item);
  const uint64_t packed = in.Varint();
  before_seq = FromZigzag(packed >> kQuestionFlags, before_seq);
  question.last_seq = before_seq;
  if (question.last_seq != before_seq) in.Refuse();  // of 2^47 or more there are none
  question.unaided = (packed & kUnaided) != 0;
  question.right = (packed & kRight) != 0;
  if ((packed & kCounted) != 0) question.counted_ms = before_ms = in.Difference(before_ms);
}

// The taken places of the table, behind a bit for each place.
void WriteItems(const std::vector<mastery::ItemHistory>& places, Writer& out) {
  out.Varint(places.size());
  for (size_t first = 0; first < places.size(); first += 8) {
    uint8_t taken = 0;
    for (size_t i = 0; i < 8; ++i) taken |= static_cast<uint8_t>((places[first + i].key != mastery::kNoKey) << i);
    out.Byte(taken);
  }
  for (const mastery::ItemHistory& item : places) {
    if (item.key != mastery::kNoKey) out.Values(item.key, item.attempts, item.correct, item.outcomes);
  }
}

std::vector<mastery::ItemHistory> ReadItems(Reader& in) {
  const uint64_t count = in.Varint();
  if (count > 2 * limits::kMaxItemsPerLearner || count % 8 != 0 || count / 8 > in.left()) in.Refuse();
  if (!in.ok()) return {};
  std::vector<uint8_t> taken(count / 8);
  for (uint8_t& bits : taken) bits = in.Byte();
  std::vector<mastery::ItemHistory> places(count);
  for (size_t i = 0; i < count; ++i) {
    if ((taken[i / 8] >> i % 8 & 1) == 0) continue;
    in.Values(places[i].key, places[i].attempts, places[i].correct, places[i].outcomes);
  }
  return places;
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
  WriteEvidence(state.evidence, state.last_activity_ms, out);
  WriteQuestions(state.questions, state.last_activity_ms, out);
  out.Varint(state.cards.size());
  for (const SeenCard& card : state.cards) {
    out.Value(card.item);
    out.Varint(card.last_seq);
    Write(card.recall, out);
  }
}

void ReadConcept(Reader& in, ConceptState& state) {
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
  state.evidence = ReadEvidence(state.last_activity_ms, in);
  state.questions.resize(in.Count(kMinQuestionBytes, limits::kMaxSeenItems));
  int64_t before_seq = 0;
  int64_t before_ms = state.last_activity_ms;
  for (SeenQuestion& question : state.questions) ReadQuestion(before_seq, before_ms, in, question);
  state.cards.resize(in.Count(kMinCardBytes, limits::kMaxSeenItems));
  for (SeenCard& card : state.cards) {
    in.Value(card.item);
    card.last_seq = in.Signed();
    card.recall = ReadRecall(in);
  }
}

void Write(const std::vector<KeptMilestone>& milestones, Writer& out) {
  out.Varint(milestones.size());
  for (const KeptMilestone& milestone : milestones) out.Values(milestone.key, milestone.standing, milestone.event);
}

std::vector<KeptMilestone> ReadMilestones(Reader& in) {
  std::vector<KeptMilestone> milestones(in.Count(kMilestoneBytes, limits::kMaxMilestones));
  for (KeptMilestone& milestone : milestones) {
    in.Values(milestone.key, milestone.standing, milestone.event);
    if (milestone.standing > MilestoneStanding::kApproved) in.Refuse();
  }
  return milestones;
}

void Write(const KeptTrack& kept, Writer& out) {
  out.Text(kept.goal);
  if (!kept.goal.empty()) out.Value(kept.goal_event);
  out.Text(kept.pins);
  if (!kept.pins.empty()) out.Value(kept.pins_event);
  out.Varint(kept.goal_ms);
  out.Varint(kept.keep_ms);
  out.Varint(kept.passed_stages);
  out.Each(kept.standings);
  out.Each(kept.known);
}

KeptTrack ReadKept(Reader& in) {
  KeptTrack kept;
  kept.goal = in.Text(limits::kMaxKeptWishBytes);
  if (!kept.goal.empty()) in.Value(kept.goal_event);
  kept.pins = in.Text(limits::kMaxKeptWishBytes);
  if (!kept.pins.empty()) in.Value(kept.pins_event);
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
  WriteItems(state.items.places(), out);
}

mastery::LearnerState ReadMastery(Reader& in) {
  mastery::LearnerState state;
  in.Values(state.slow, state.fast, state.tendencies, state.surprise, state.recent_surprise, state.answers,
            state.correct, state.clock_seconds);
  state.last_time_seconds = in.Signed();
  in.Values(state.last_item, state.last_concept, state.run, state.outcomes);
  state.concepts = in.Each<mastery::ConceptState>(limits::kMaxConceptsPerLearner);
  auto items = mastery::ItemMemory::FromPlaces(ReadItems(in));
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
  Write(state.milestones, out);
  Write(*state.kept, out);
  Write(state.mastery, out);
  out.Value(XXH64(out.bytes().data(), out.bytes().size(), 0));
  return std::move(out).Take();
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
    ReadConcept(in, kept.state.Write());
    kept.key = kept.state->key;
  }
  in.Values(state.belief, state.calibration, state.retention_permille);
  state.known = in.Each<IdKey>(limits::kMaxGoalConcepts);
  state.milestones = ReadMilestones(in);
  state.kept = CopyOnWrite(ReadKept(in));
  state.mastery = ReadMastery(in);
  if (!in.ok() || in.left() > 0) return Damaged(learner_id, "is malformed");
  return state;
}

}  // namespace edirae::recommend
