#include "services/progress/domain/gate_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class GateViewTest : public ::testing::Test, protected TestLearner {
 protected:
  v1::Gate GateOf(const std::string& stage_id = "") {
    const IndexedRoadmap& roadmap = *content->FindRoadmap("path");
    return GateInDetail(roadmap, *StageOfGate(roadmap, stage_id, state), state, id, content->revision());
  }
  // Under which the milestone of each stage must be approved.
  void AskForApproval() {
    catalog::v1::RevisionContent asking = TestContent();
    auto& gate = *asking.mutable_roadmaps(0)->mutable_gate_criterion();
    gate.set_criterion_id("with-work");
    gate.set_version(2);
    gate.set_milestone_approved(true);
    content = IndexOf(asking);
  }
};

TEST_F(GateViewTest, ShowsEachClauseWithItsEvidence) {
  Answer("vectors.q1");
  const v1::Gate gate = GateOf();
  EXPECT_EQ(gate.stage_id(), "first");
  EXPECT_EQ(gate.status(), v1::STAGE_STATUS_CURRENT);
  EXPECT_FALSE(gate.ready());
  EXPECT_EQ(gate.as_of_seq(), 1);
  ASSERT_THAT(gate.concepts(), SizeIs(2)) << "not the optional one";
  const v1::ConceptGate& vectors = gate.concepts(0);
  EXPECT_EQ(vectors.concept_id(), "vectors");
  EXPECT_EQ(vectors.status(), v1::CONCEPT_STATUS_LEARNING);
  EXPECT_EQ(vectors.criterion_id(), "usual");
  EXPECT_EQ(vectors.criterion_version(), 3);
  ASSERT_THAT(vectors.clauses(), SizeIs(2));
  const v1::ClauseReport& distinct = vectors.clauses(0);
  EXPECT_FALSE(distinct.met());
  EXPECT_EQ(distinct.text(), "2 different questions right");
  EXPECT_EQ(distinct.missing(), "1 more right answer on another question");
  EXPECT_THAT(distinct.evidence_event_ids(), ElementsAre(history[0].event_id()));
  EXPECT_EQ(gate.concepts(1).status(), v1::CONCEPT_STATUS_NOT_STARTED);
}

TEST_F(GateViewTest, AMetClauseMissesNothing) {
  Answer("vectors.q1");
  Answer("vectors.q2");
  const v1::ClauseReport distinct = GateOf().concepts(0).clauses(0);
  EXPECT_TRUE(distinct.met());
  EXPECT_EQ(distinct.missing(), "");
  EXPECT_THAT(distinct.evidence_event_ids(), ElementsAre(history[0].event_id(), history[1].event_id()));
}

TEST_F(GateViewTest, AMasteredConceptNamesItsDecision) {
  const Decision decision = Master("vectors");
  const v1::Gate gate = GateOf();
  EXPECT_EQ(gate.mastered_count(), 1);
  EXPECT_EQ(gate.concepts(0).status(), v1::CONCEPT_STATUS_MASTERED);
  EXPECT_EQ(gate.concepts(0).mastered_event_id(), decision.events[1].event_id());
  EXPECT_THAT(gate.concepts(0).clauses(), IsEmpty());
}

TEST_F(GateViewTest, FindsTheStageThatIsMeant) {
  const IndexedRoadmap& roadmap = *content->FindRoadmap("path");
  EXPECT_EQ(GateOf("second").status(), v1::STAGE_STATUS_LOCKED);
  EXPECT_EQ(StageOfGate(roadmap, "third", state), nullptr);
  Master("vectors");
  Master("matrices");
  EXPECT_TRUE(GateOf().ready());
  Do(Advance(NextId(), "first"));
  EXPECT_EQ(GateOf().stage_id(), "second");
  EXPECT_EQ(GateOf("first").status(), v1::STAGE_STATUS_PASSED);
  Master("gradients");
  Do(Advance(NextId(), "second"));
  EXPECT_EQ(GateOf().stage_id(), "second") << "the last, when all are passed";
  EXPECT_TRUE(GateOf().ready());
}

TEST_F(GateViewTest, AGateCanAskForTheApprovalOfItsMilestone) {
  AskForApproval();
  Master("vectors");
  Master("matrices");
  v1::Gate gate = GateOf();
  EXPECT_FALSE(gate.ready());
  EXPECT_EQ(gate.mastered_count(), gate.required_count());
  EXPECT_EQ(gate.criterion_id(), "with-work");
  ASSERT_THAT(gate.clauses(), SizeIs(1));
  EXPECT_EQ(gate.clauses(0).missing(), "a reviewer's approval of the milestone");
  const Decision refused = Do(Advance(NextId(), "first"));
  ASSERT_THAT(Kinds(refused), ElementsAre(LearnerEvent::kAdvanceRequested));
  EXPECT_EQ(refused.events[0].advance_requested().missing_milestone_id(), "first-work");
  EXPECT_EQ(refused.events[0].advance_requested().criterion_version(), 2);
  EXPECT_EQ(refused.outcome.gate_decision().gate().unmet(0).clause(), v1::CRITERION_CLAUSE_MILESTONE_APPROVED);

  Do(ReviewWork(NextId(), "first-work", /*approved=*/false));
  EXPECT_FALSE(GateOf().ready()) << "it was returned";
  const std::string approval = Do(ReviewWork(NextId(), "first-work")).events[0].event_id();
  gate = GateOf();
  EXPECT_TRUE(gate.ready());
  EXPECT_THAT(gate.clauses(0).evidence_event_ids(), ElementsAre(approval));
  const Decision granted = Do(Advance(NextId(), "first"));
  ASSERT_THAT(Kinds(granted), ElementsAre(LearnerEvent::kAdvanceRequested, LearnerEvent::kStagePassed));
  const events::v1::StagePassed& passed = granted.events[1].stage_passed();
  EXPECT_EQ(passed.criterion_id(), "with-work");
  EXPECT_EQ(passed.criterion_version(), 2);
  ASSERT_THAT(passed.evidence_event_ids(), SizeIs(3));
  EXPECT_EQ(passed.evidence_event_ids(2), approval);
  EXPECT_EQ(Folded(), state);
}

TEST_F(GateViewTest, RefusesReviewsThatMeanNothing) {
  EXPECT_EQ(Reason(ReviewWork("r", "third-work")), "MILESTONE_NOT_FOUND");
  v1::LearnerAction own = ReviewWork("r", "first-work");
  own.mutable_review_milestone()->set_reviewer_id(id);
  EXPECT_EQ(Reason(own), "OWN_REVIEW");
  v1::LearnerAction silent = ReviewWork("r", "first-work");
  silent.mutable_review_milestone()->clear_verdict();
  EXPECT_EQ(Reason(silent), "MISSING_FIELD");
  v1::LearnerAction endless = ReviewWork("r", "first-work");
  endless.mutable_review_milestone()->set_feedback(std::string(4001, 'x'));
  EXPECT_EQ(Reason(endless), "TEXT_TOO_LONG");
  EXPECT_EQ(state.last_seq(), 0);
}

}  // namespace
}  // namespace edirae::progress
