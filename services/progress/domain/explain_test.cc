#include "services/progress/domain/explain.h"

#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class ExplainTest : public ::testing::Test, protected TestLearner {
 protected:
  absl::StatusOr<v1::DecisionExplanation> Explain(const std::string& event_id) const {
    DecisionReplay replay(event_id);
    for (const LearnerEvent& event : history) {
      if (replay.done()) break;
      EXPECT_OK(replay.Take(event));
    }
    return replay.Explain(RetainedContent(content));
  }
  LearnerEvent& EventAt(int64_t seq) { return history[static_cast<size_t>(seq) - 1]; }
};

TEST_F(ExplainTest, MasteryFollowsFromTheAnswersBeforeIt) {
  const Decision decision = Master("vectors");
  Answer("vectors.q4", false);  // what comes later does not matter
  ASSERT_OK_AND_ASSIGN(const auto explained, Explain(decision.events[1].event_id()));
  EXPECT_EQ(explained.rederivation(), v1::REDERIVATION_AGREES);
  EXPECT_TRUE(explained.verdict());
  EXPECT_THAT(explained.evidence_event_ids(), SizeIs(3));
  EXPECT_THAT(explained.clauses(), SizeIs(2));
  EXPECT_TRUE(explained.clauses(0).met());
  EXPECT_THAT(explained.text(), HasSubstr("'usual' version 3"));
}

TEST_F(ExplainTest, TheEventHoldsItsCriterionForEver) {
  const Decision decision = Master("vectors");
  catalog::v1::RevisionContent harder = TestContent();
  auto& criterion = *harder.mutable_roadmaps(0)->mutable_mastery_criterion();
  criterion.set_version(4);
  criterion.set_min_distinct_correct(5);
  content = IndexOf(harder, 2);
  ASSERT_OK_AND_ASSIGN(const auto explained, Explain(decision.events[1].event_id()));
  EXPECT_EQ(explained.rederivation(), v1::REDERIVATION_AGREES);
}

TEST_F(ExplainTest, AForgedHistoryDisagrees) {
  const Decision decision = Master("vectors");
  EventAt(2).mutable_question_answered()->set_correct(false);
  ASSERT_OK_AND_ASSIGN(const auto explained, Explain(decision.events[1].event_id()));
  EXPECT_EQ(explained.rederivation(), v1::REDERIVATION_DISAGREES);
  EXPECT_FALSE(explained.verdict());
}

TEST_F(ExplainTest, AForgedEvidenceDisagrees) {
  const Decision decision = Master("vectors");
  EventAt(4).mutable_concept_mastered()->mutable_evidence_event_ids()->RemoveLast();
  ASSERT_OK_AND_ASSIGN(const auto explained, Explain(decision.events[1].event_id()));
  EXPECT_EQ(explained.rederivation(), v1::REDERIVATION_DISAGREES);
  EXPECT_TRUE(explained.verdict()) << "the verdict holds, the evidence does not";
}

TEST_F(ExplainTest, ARequestToAdvanceIsDecidedAgain) {
  Master("vectors");
  const Decision refused = Do(Advance(NextId(), "first"));
  Master("matrices");
  const Decision granted = Do(Advance(NextId(), "first"));
  const Decision again = Do(Advance(NextId(), "first"));
  ASSERT_OK_AND_ASSIGN(const auto no, Explain(refused.events[0].event_id()));
  EXPECT_EQ(no.rederivation(), v1::REDERIVATION_AGREES);
  EXPECT_FALSE(no.verdict());
  EXPECT_THAT(no.evidence_event_ids(), SizeIs(1));
  EXPECT_THAT(no.text(), HasSubstr("1 of 2 required concepts"));
  ASSERT_OK_AND_ASSIGN(const auto yes, Explain(granted.events[0].event_id()));
  EXPECT_EQ(yes.rederivation(), v1::REDERIVATION_AGREES);
  EXPECT_TRUE(yes.verdict());
  ASSERT_OK_AND_ASSIGN(const auto passed, Explain(granted.events[1].event_id()));
  EXPECT_EQ(passed.rederivation(), v1::REDERIVATION_AGREES);
  EXPECT_THAT(passed.evidence_event_ids(), SizeIs(2));
  ASSERT_OK_AND_ASSIGN(const auto later, Explain(again.events[0].event_id()));
  EXPECT_EQ(later.rederivation(), v1::REDERIVATION_AGREES);
  EXPECT_THAT(later.text(), HasSubstr("had opened before"));
}

TEST_F(ExplainTest, AGateThatOpenedForNothingDisagrees) {
  Master("vectors");
  const Decision refused = Do(Advance(NextId(), "first"));
  LearnerEvent& forged = EventAt(refused.events[0].learner_seq());
  forged.mutable_advance_requested()->set_granted(true);
  ASSERT_OK_AND_ASSIGN(const auto explained, Explain(forged.event_id()));
  EXPECT_EQ(explained.rederivation(), v1::REDERIVATION_DISAGREES);
}

TEST_F(ExplainTest, MasteryThatAnEasierCriterionBringsStandsForItsRequest) {
  Master("vectors");
  Answer("matrices.q1");
  Ease();
  const Decision granted = Do(Advance(NextId(), "first"));
  ASSERT_OK_AND_ASSIGN(const auto explained, Explain(granted.events[0].event_id()));
  EXPECT_EQ(explained.rederivation(), v1::REDERIVATION_AGREES);
  EXPECT_TRUE(explained.verdict());
}

TEST_F(ExplainTest, ALapseFollowsFromTheAnswersSince) {
  catalog::v1::RevisionContent lapsing = TestContent();
  lapsing.mutable_roadmaps(0)->mutable_mastery_criterion()->set_lapse_below(0.9);
  content = IndexOf(lapsing, 2);
  Master("vectors");
  now += absl::Hours(13);
  std::string lapsed;
  for (const char* question : {"vectors.q1", "vectors.q2", "vectors.q3", "vectors.q4"}) {
    const Decision decision = Answer(question, false);
    if (lapsed.empty() && decision.events.size() > 1) lapsed = decision.events[1].event_id();
  }
  ASSERT_FALSE(lapsed.empty());
  ASSERT_OK_AND_ASSIGN(const auto explained, Explain(lapsed));
  EXPECT_EQ(explained.rederivation(), v1::REDERIVATION_AGREES);
  EXPECT_TRUE(explained.verdict());
}

TEST_F(ExplainTest, OnlyDecisionsAreExplained) {
  const Decision answer = Answer("vectors.q1");
  EXPECT_EQ(ErrorInfoOf(Explain(answer.events[0].event_id()).status()).reason(), "DECISION_NOT_FOUND");
  EXPECT_EQ(ErrorInfoOf(Explain("none").status()).reason(), "DECISION_NOT_FOUND");
}

}  // namespace
}  // namespace edirae::progress
