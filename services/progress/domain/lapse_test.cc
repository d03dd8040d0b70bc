#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "services/progress/domain/fold.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// Under a criterion by which mastery lapses.
class LapseTest : public ::testing::Test, protected TestLearner {
 protected:
  LapseTest() {
    catalog::v1::RevisionContent lapsing = TestContent();
    auto& criterion = *lapsing.mutable_roadmaps(0)->mutable_mastery_criterion();
    criterion.set_min_distinct_correct(3);
    criterion.set_min_correct_in_window(0);
    criterion.set_min_accuracy(0.2);
    criterion.set_lapse_below(0.2);
    criterion.set_window(10);
    content = IndexOf(lapsing);
  }
  v1::ConceptStatus Status() const { return View().concepts(0).status(); }
};

TEST_F(LapseTest, FollowsFromAnswersThatLeaveNoDoubt) {
  const std::string mastered = Master("vectors").events[1].event_id();
  now += absl::Hours(24);
  EXPECT_THAT(Answer("vectors.q1", false).outcome.lapsed_concept_ids(), IsEmpty());
  EXPECT_EQ(Status(), v1::CONCEPT_STATUS_MASTERED) << "one wrong answer is no lapse";
  Decision last = Answer("vectors.q2", false);
  for (const char* question : {"vectors.q3", "vectors.q4", "vectors.q5"}) {
    if (last.outcome.lapsed_concept_ids().empty()) last = Answer(question, false);
  }
  ASSERT_THAT(Kinds(last), ElementsAre(LearnerEvent::kQuestionAnswered, LearnerEvent::kConceptLapsed));
  const events::v1::ConceptLapsed& lapsed = last.events[1].concept_lapsed();
  EXPECT_EQ(lapsed.concept_id(), "vectors");
  EXPECT_EQ(lapsed.criterion_id(), "usual");
  EXPECT_EQ(lapsed.criterion_version(), 3);
  EXPECT_EQ(lapsed.mastered_event_id(), mastered);
  EXPECT_THAT(lapsed.evidence_event_ids(), Contains(last.events[0].event_id()));
  EXPECT_THAT(lapsed.evidence_event_ids(), Not(Contains(history[0].event_id()))) << "a right answer is no witness";
  EXPECT_THAT(last.outcome.lapsed_concept_ids(), ElementsAre("vectors"));
  EXPECT_EQ(Status(), v1::CONCEPT_STATUS_LEARNING);
  EXPECT_EQ(View().mastered_required_count(), 0);
  EXPECT_EQ(Folded(), state);
}

TEST_F(LapseTest, TakesTheWholeCriterionAgain) {
  Master("vectors");
  now += absl::Hours(24);
  for (int i = 1; Status() == v1::CONCEPT_STATUS_MASTERED && i <= 5; ++i) {
    Answer("vectors.q" + std::to_string(i), false);
  }
  ASSERT_EQ(Status(), v1::CONCEPT_STATUS_LEARNING);
  EXPECT_EQ(View().concepts(0).distinct_correct_count(), 0);
  EXPECT_THAT(Answer("vectors.q1").outcome.mastered_concept_ids(), IsEmpty());
  EXPECT_EQ(history.back().question_answered().standing(), events::v1::ANSWER_STANDING_REPEATED)
      << "it was explained a moment ago";
  now += absl::Hours(24);
  EXPECT_THAT(Answer("vectors.q1").outcome.mastered_concept_ids(), IsEmpty());
  EXPECT_THAT(Answer("vectors.q2").outcome.mastered_concept_ids(), IsEmpty());
  EXPECT_THAT(Answer("vectors.q3").outcome.mastered_concept_ids(), ElementsAre("vectors"));
  EXPECT_EQ(Folded(), state);
}

TEST_F(LapseTest, NeverFlickers) {
  // Whatever a learner answers, a concept's status never changes with two answers in a row.
  for (unsigned seed = 1; seed <= 300; ++seed) {
    TestLearner learner;
    learner.content = content;
    unsigned random = seed * 2654435761u;
    int since_change = 2;
    for (int i = 0; i < 80; ++i) {
      random = random * 1664525u + 1013904223u;
      learner.now += absl::Hours(13);
      const bool right = (random >> 16) % 8 < (i / 16 % 2 == 0 ? 6u : 2u);
      const Decision decision = learner.Answer("vectors.q" + std::to_string((random >> 8) % 5 + 1), right);
      ++since_change;
      if (decision.events.size() == 1) continue;
      EXPECT_GE(since_change, 2) << "seed " << seed << ", answer " << i;
      since_change = 0;
    }
  }
}

TEST_F(LapseTest, APassedGateStaysOpen) {
  Master("vectors");
  Master("matrices");
  Do(Advance(NextId(), "first"));
  now += absl::Hours(24);
  for (int i = 1; i <= 5; ++i) Answer("vectors.q" + std::to_string(i), false);
  EXPECT_EQ(View().stages(0).status(), v1::STAGE_STATUS_PASSED);
  EXPECT_EQ(View().stages(0).gate().mastered_count(), 1);
}

// What was recorded before answers had a standing.
TEST_F(LapseTest, AnOldLedgerKeepsItsMeaning) {
  Master("vectors");
  LearnerState old;
  for (LearnerEvent event : history) {
    if (event.has_question_answered()) event.mutable_question_answered()->clear_standing();
    ASSERT_OK(Fold(old, event));
  }
  const auto old_answer = [&](bool right) {
    LearnerEvent event = history[0];
    event.set_learner_seq(old.last_seq() + 1);
    event.mutable_question_answered()->clear_standing();
    event.mutable_question_answered()->set_correct(right);
    ASSERT_OK(Fold(old, event));
  };
  for (int i = 0; i < 20; ++i) old_answer(false);  // when mastery stayed whatever came
  EXPECT_NE(old.Find(KeyOf("vectors"))->mastered.seq, 0);
  state = std::move(old);
  EXPECT_THAT(Answer("vectors.q4", false).outcome.lapsed_concept_ids(), IsEmpty())
      << "the answers of old are no witnesses";
}

}  // namespace
}  // namespace edirae::progress
