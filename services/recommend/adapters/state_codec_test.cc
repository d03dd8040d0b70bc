#include "services/recommend/adapters/state_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "services/recommend/testing/sample.h"

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
  ConceptState& touched = state.At(~IdKey{0});
  touched = {.key = ~IdKey{0},
             .last_activity_ms = INT64_MAX,
             .outcomes = ~uint64_t{0},
             .answers = INT32_MAX,
             .correct = INT32_MAX,
             .distinct_correct = INT32_MAX,
             .mastered = true,
             .memory = {.step = 5, .last_success_ms = INT64_MAX, .due_ms = INT64_MAX},
             .questions = {{.item = 1, .last_seq = INT64_MAX >> 1, .succeeded = true}},
             .cards = {{.item = 2, .last_seq = 1, .succeeded = false}}};
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

TEST(StateCodec, IsSmall) {
  testing::History history;
  for (const char* name : {"vectors", "matrices", "history", "regression", "trees"}) history.Learn(name);
  EXPECT_LT(EncodeState(history.Fold()).size(), 5 * 70u);
}

}  // namespace
}  // namespace edirae::recommend
