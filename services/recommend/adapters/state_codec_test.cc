#include "services/recommend/adapters/state_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

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
  state.milestones = {{.key = 1, .standing = MilestoneStanding::kHandedIn, .event = touched.evidence[0]},
                      {.key = ~IdKey{0}, .standing = MilestoneStanding::kApproved}};
  state.kept = CopyOnWrite(KeptTrack{.goal = std::string(limits::kMaxKeptWishBytes, '\0'),
                                     .pins = "pins",
                                     .goal_event = ParseEventId("ffffffff-ffff-ffff-ffff-ffffffffffff"),
                                     .pins_event = ParseEventId("0192d3c4-5e6f-7a8b-9cad-beef01234567"),
                                     .goal_ms = INT64_MAX,
                                     .keep_ms = INT64_MAX,
                                     .passed_stages = INT32_MAX,
                                     .standings = {{.key = 1, .strength = 0.5f, .mastered = 1}},
                                     .known = state.known});
  EXPECT_THAT(DecodeState("ada", EncodeState(state)), IsOkAndHolds(state));
}

TEST(StateCodec, GivesBackWishesAndTheirWithdrawal) {
  events::v1::GoalSet goal;
  goal.set_hours_per_week(5);
  testing::History history;
  history.SetGoal(goal).Pin({"vectors"});
  for (int time = 0; time < 2; ++time) {
    const LearnerState state = history.Fold();
    EXPECT_THAT(DecodeState("ada", EncodeState(state)), IsOkAndHolds(state));
    history.Pin({});
  }
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

TEST(StateCodec, TheSameEventsGiveTheSameBytes) {
  const testing::History history = testing::RandomHistory("ada", 200, edirae::testing::Seed());
  EXPECT_EQ(EncodeState(history.Fold()), EncodeState(history.Fold()));
}

TEST(StateCodec, RefusesAnOlderVersion) {
  std::string old = EncodeState(testing::History().Learn("vectors").Fold());
  old[0] = 5;
  const uint64_t checksum = XXH64(old.data(), old.size() - sizeof(checksum), 0);
  std::memcpy(old.data() + old.size() - sizeof(checksum), &checksum, sizeof(checksum));
  EXPECT_THAT(DecodeState("ada", old), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("version 5")));
}

TEST(StateCodec, IsSmall) {
  testing::History history;
  for (const char* name : {"vectors", "matrices", "history", "regression", "trees"}) history.Learn(name);
  EXPECT_LT(EncodeState(history.Fold()).size(), 5 * 450u);
}

}  // namespace
}  // namespace edirae::recommend
