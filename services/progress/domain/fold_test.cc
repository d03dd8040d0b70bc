#include "services/progress/domain/fold.h"

#include "absl/strings/escaping.h"
#include "common/testing/status_matchers.h"
#include "services/progress/domain/explain.h"
#include "services/progress/testing/recorded_history.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;
using ::testing::SizeIs;

std::vector<LearnerEvent> RecordedHistory() {
  std::vector<LearnerEvent> history;
  for (const char* hexadecimal : kHistoryOfSchema1) {
    EXPECT_TRUE(history.emplace_back().ParseFromString(absl::HexStringToBytes(hexadecimal)));
  }
  return history;
}

// The state after the first `count` events.
LearnerState After(size_t count) {
  LearnerState state;
  const std::vector<LearnerEvent> history = RecordedHistory();
  for (size_t i = 0; i < count; ++i) EXPECT_OK(Fold(state, history[i]));
  return state;
}

TEST(Fold, ReadsWhatSchema1Recorded) {
  const LearnerState mastered = After(4);
  const ConceptState* vectors = mastered.Find(KeyOf("vectors"));
  ASSERT_NE(vectors, nullptr);
  EXPECT_EQ(vectors->mastered.seq, 4);
  EXPECT_EQ(vectors->answer_count, 3);
  EXPECT_THAT(vectors->first_correct, SizeIs(3));

  const LearnerState passed = After(13);
  const ConceptState* matrices = passed.Find(KeyOf("matrices"));
  ASSERT_NE(matrices, nullptr);
  EXPECT_EQ(matrices->answer_count, 2);
  EXPECT_THAT(matrices->newest, SizeIs(1)) << "a repeated answer counts for nothing";
  EXPECT_TRUE(matrices->newest[0].aided);
  ASSERT_NE(passed.Approval(KeyOf("first-work")), nullptr);
  EXPECT_EQ(passed.Approval(KeyOf("first-work"))->seq, 11);
  EXPECT_TRUE(passed.Passed(KeyOfStage("path", "first")));
  EXPECT_EQ(passed.open_hints(), 0u);

  const LearnerState lapsed = After(15);
  EXPECT_EQ(lapsed.Find(KeyOf("vectors"))->mastered.seq, 0);
  EXPECT_EQ(lapsed.Find(KeyOf("vectors"))->lapsed.seq, 15);
  EXPECT_EQ(lapsed.last_seq(), 15);
}

TEST(Fold, MakesDecisionsOfSchema1AgainWhileTheirCriterionIsKept) {
  const std::vector<LearnerEvent> history = RecordedHistory();
  const RetainedContent content(TestIndex());  // "usual" version 3
  const auto explain = [&](size_t index) {
    DecisionReplay replay(history[index].event_id());
    for (const LearnerEvent& event : history) {
      if (replay.done()) break;
      EXPECT_OK(replay.Take(event));
    }
    auto explained = replay.Explain(content);
    EXPECT_OK(explained);
    return explained.ok() ? explained->rederivation() : v1::REDERIVATION_UNSPECIFIED;
  };
  EXPECT_EQ(explain(3), v1::REDERIVATION_AGREES);
  EXPECT_EQ(explain(11), v1::REDERIVATION_CRITERION_GONE) << "the request did not hold what was required";
  EXPECT_EQ(explain(12), v1::REDERIVATION_AGREES);
  EXPECT_EQ(explain(14), v1::REDERIVATION_CRITERION_GONE) << "version 4 is not kept";
}

TEST(Fold, RefusesAGap) {
  LearnerState state;
  LearnerEvent event = RecordedHistory()[1];
  EXPECT_EQ(Fold(state, event).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(state, LearnerState());
}

}  // namespace
}  // namespace edirae::progress
