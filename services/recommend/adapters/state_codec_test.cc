#include "services/recommend/adapters/state_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "absl/strings/escaping.h"
#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "services/recommend/limits.h"
#include "services/recommend/testing/sample.h"
#include "xxhash.h"

namespace edirae::recommend {
namespace {

using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::HasSubstr;

TEST(StateCodec, GivesBackEveryState) {
  const uint64_t seed = edirae::testing::Seed();
  for (uint64_t round = 0; round < 100; ++round) {
    LearnerState state = testing::RandomHistory("ada", static_cast<int>(round), seed + round).Fold();
    if (round % 3 == 0) state.passed_stages = {KeyOf("a"), KeyOf("b")};
    EXPECT_THAT(DecodeState("ada", EncodeState(state)), IsOkAndHolds(state));
  }
}

TEST(StateCodec, FullRangesSurvive) {
  LearnerState state{.learner_id = "ada", .applied_seq = INT64_MAX >> 1};
  ConceptState& touched = *state.At(~IdKey{0});
  touched.last_activity_ms = INT64_MAX;
  touched.outcomes = ~uint64_t{0};
  for (int32_t* count :
       {&touched.answers, &touched.correct, &touched.distinct_correct, &touched.distinct_unaided, &touched.hints}) {
    *count = INT32_MAX;
  }
  touched.mastered = true;
  touched.recall = {.card = {.stability = 36'500, .last_review_ms = INT64_MAX}, .due_ms = INT64_MAX};
  touched.belief.answers = 65'535;
  touched.belief.secure = true;
  touched.evidence.assign(8, ParseEventId("ffffffff-ffff-ffff-ffff-ffffffffffff"));
  touched.questions = {
      {.item = 1, .last_seq = INT64_MAX >> 16, .right = true, .unaided = true, .counted_ms = INT64_MAX},
      {.item = 2, .last_seq = INT64_MIN >> 16, .counted_ms = 1},
      {.item = 3, .last_seq = 0, .counted_ms = INT64_MIN}};
  touched.cards = {{.item = 2, .last_seq = INT64_MAX, .recall = touched.recall}};
  state.opened = {{.item = 3, .last_seq = INT64_MAX}};
  state.belief.stability_scale = 2.5f;
  state.retention_permille = 65'535;
  state.known = {1, ~IdKey{0}};
  state.kept = CopyOnWrite(KeptTrack{.goal = std::string(limits::kMaxKeptWishBytes, '\0'),
                                     .pins = "pins",
                                     .goal_ms = INT64_MAX,
                                     .keep_ms = INT64_MAX,
                                     .passed_stages = INT32_MAX,
                                     .standings = {{.key = 1, .strength = 0.5f, .mastered = 1}},
                                     .known = state.known});
  EXPECT_THAT(DecodeState("ada", EncodeState(state)), IsOkAndHolds(state));
}

TEST(StateCodec, RefusesEveryFlippedBitAndEveryTruncation) {
  const std::string good = EncodeState(testing::History().Learn("vectors").Fold());
  for (size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_THAT(DecodeState("ada", bad), StatusIs(absl::StatusCode::kDataLoss)) << bit;
  }
  for (size_t size = 0; size < good.size(); ++size) {
    ASSERT_THAT(DecodeState("ada", good.substr(0, size)), StatusIs(absl::StatusCode::kDataLoss)) << size;
  }
}

// What version 3 made of StateOfVersion3, in hexadecimal digits.
constexpr char kVersion3[] =
    "03ac0201f00fefd272b8f72801f5b9e2082becb82c05016737ef315595c21380a0f1c2b1340b0403030201030000000000000440"
    "000000000000000000505c18a301000000000000a005000080d88aecb134040192d3c45e6f7a8b9cadbeef01234567ffffffffff"
    "ffffffffffffffffffffff000000000000000000000000000000000192d3c45e707a8b9cadbeef0123456703a2e97df13dffc8a2"
    "1dc09bb4c2b134ee9d2b951fe44f5a2000952e1e1d501a6c63b30980a0f1c2b134010874b190672a45a509000000000000044000"
    "0000000000000000505c18a301000000000000a005000080d88aecb1340000000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000000000803f000000000000000000000000000000"
    "000000000000000000000000009a99993e000000009a99993e00000000000000009a99993e0000000000000000000000009a9999"
    "3e000000000000000000000000000000009a99993e00000000000000000000000000000000000000009a99993e00000000000000"
    "00000000000000000000000000000000009a99993e84030201000000000000000200000000000000000000000000000000008000"
    "00008000000000000000000000000000000000000000000000000000000000000000000000010010000000000000010000000000"
    "00000100000000000000010001000000010103000000000000000100000000000000010002000000010002000000000000000100"
    "00000000000001000000000000000100030000000101030000000000000001000000000000000100000000000000010000000000"
    "00000100000000000000010075b170b217662ffc";

LearnerState StateOfVersion3() {
  LearnerState state{.learner_id = "ada", .applied_seq = 300};
  ConceptState& touched = *state.At(KeyOf("vectors"));
  touched.last_activity_ms = 1'800'000'000'000;
  touched.outcomes = 0b1011;
  touched.answers = 4;
  touched.correct = touched.distinct_correct = 3;
  touched.distinct_unaided = 2;
  touched.hints = 1;
  touched.mastered = true;
  touched.recall = {.card = {.stability = 2.5, .last_review_ms = 1'800'000'000'000, .interval_minutes = 1440},
                    .due_ms = 1'800'086'400'000};
  touched.evidence = {ParseEventId("0192d3c4-5e6f-7a8b-9cad-beef01234567"),
                      ParseEventId("ffffffff-ffff-ffff-ffff-ffffffffffff"), EventId(),
                      ParseEventId("0192d3c4-5e70-7a8b-9cad-beef01234567")};
  touched.questions = {
      {.item = KeyOf("vectors.q1"), .last_seq = 7, .right = true, .counted_ms = 1'799'999'000'000},
      {.item = KeyOf("vectors.q2"), .last_seq = 8},
      {.item = KeyOf("vectors.q3"), .last_seq = 300, .right = true, .unaided = true, .counted_ms = 1'800'000'000'000}};
  touched.cards = {{.item = KeyOf("vectors.c1"), .last_seq = 9, .recall = touched.recall}};
  state.opened = {{.item = KeyOf("video"), .last_seq = 5}};
  state.passed_stages = {KeyOf("basics")};
  state.known = {1, 2};
  for (const uint32_t item : {1u, 2u, 3u}) state.mastery.items.Record(item, item != 2);
  return state;
}

TEST(StateCodec, ReadsVersion3AndWritesItAnew) {
  const std::string old = absl::HexStringToBytes(kVersion3);
  const LearnerState state = StateOfVersion3();
  ASSERT_THAT(DecodeState("ada", old), IsOkAndHolds(state));
  const std::string renewed = EncodeState(state);
  EXPECT_LT(renewed.size(), old.size());
  EXPECT_THAT(DecodeState("ada", renewed), IsOkAndHolds(state));
}

TEST(StateCodec, TheSameEventsGiveTheSameBytes) {
  const testing::History history = testing::RandomHistory("ada", 200, edirae::testing::Seed());
  EXPECT_EQ(EncodeState(history.Fold()), EncodeState(history.Fold()));
}

TEST(StateCodec, RefusesAnOlderVersion) {
  std::string old = EncodeState(testing::History().Learn("vectors").Fold());
  old[0] = 1;
  const uint64_t checksum = XXH64(old.data(), old.size() - sizeof(checksum), 0);
  std::memcpy(old.data() + old.size() - sizeof(checksum), &checksum, sizeof(checksum));
  EXPECT_THAT(DecodeState("ada", old), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("version 1")));
}

TEST(StateCodec, IsSmall) {
  testing::History history;
  for (const char* name : {"vectors", "matrices", "history", "regression", "trees"}) history.Learn(name);
  EXPECT_LT(EncodeState(history.Fold()).size(), 5 * 450u);
}

}  // namespace
}  // namespace edirae::recommend
