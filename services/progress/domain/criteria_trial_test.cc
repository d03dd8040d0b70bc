#include "services/progress/domain/criteria_trial.h"

#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// `vectors` with so many different questions and so many right of the newest `window`.
v1::TryCriteriaRequest Trial(int distinct, int right, int window) {
  v1::TryCriteriaRequest request;
  request.set_roadmap_id("path");
  auto& trial = *request.add_concepts();
  trial.set_concept_id("vectors");
  trial.mutable_criterion()->set_min_distinct_correct(distinct);
  trial.mutable_criterion()->set_min_correct_in_window(right);
  trial.mutable_criterion()->set_window(window);
  return request;
}

v1::ChangedLearner Changed(const TestLearner& learner, const v1::TryCriteriaRequest& request, bool expect = true) {
  v1::ChangedLearner changed;
  const auto tried = TriedRoadmap::Make(learner.content, request);
  EXPECT_OK(tried);
  if (!tried.ok()) return changed;
  CriteriaTrial trial(**tried);
  for (const auto& event : learner.history) EXPECT_OK(trial.Take(event));
  EXPECT_EQ(trial.last_seq(), learner.state.last_seq());
  EXPECT_EQ(trial.Compare(changed), expect);
  return changed;
}

std::string ReasonOf(const v1::TryCriteriaRequest& request) {
  return ErrorInfoOf(TriedRoadmap::Make(TestIndex(), request).status()).reason();
}

TEST(CriteriaTrial, TodaysCriteriaChangeNothing) {
  TestLearner ada;
  ada.Master("vectors");
  ada.Master("matrices");
  ada.Answer("vectors.q4", false);
  ada.Do(Advance(ada.NextId(), "first"));
  v1::TryCriteriaRequest request;
  request.set_roadmap_id("path");
  Changed(ada, request, false);
  Changed(ada, Trial(2, 3, 4), false);
}

TEST(CriteriaTrial, AnEasierCriterionIsMetEarlierAndAHarderOneNotAtAll) {
  TestLearner ada;
  ada.Answer("vectors.q1");
  EXPECT_THAT(Changed(ada, Trial(1, 1, 1)).gained_concept_ids(), ElementsAre("vectors"));
  ada.Answer("vectors.q2");
  ada.Answer("vectors.q3");
  Changed(ada, Trial(1, 1, 1), false);
  const auto lost = Changed(ada, Trial(5, 3, 4));
  EXPECT_THAT(lost.lost_concept_ids(), ElementsAre("vectors"));
  EXPECT_THAT(lost.gained_concept_ids(), IsEmpty());
}

TEST(CriteriaTrial, MasteryThatWouldHaveLapsedIsLost) {
  TestLearner ada;
  ada.Master("vectors");
  for (const char* question : {"vectors.q4", "vectors.q5", "both.q1"}) ada.Answer(question, false);
  v1::TryCriteriaRequest request = Trial(2, 3, 4);
  Changed(ada, request, false);
  request.mutable_concepts(0)->mutable_criterion()->set_lapse_below(0.9);
  EXPECT_THAT(Changed(ada, request).lost_concept_ids(), ElementsAre("vectors"));
}

TEST(CriteriaTrial, ARequestToAdvanceIsDecidedAnew) {
  TestLearner ada;
  ada.Answer("vectors.q1");
  ada.Master("matrices");
  ada.Do(Advance(ada.NextId(), "first"));  // refused: `vectors` is missing
  const auto easier = Changed(ada, Trial(1, 1, 1));
  EXPECT_THAT(easier.gained_stage_ids(), ElementsAre("first"));
  ada.Answer("vectors.q2");
  ada.Answer("vectors.q3");
  ada.Do(Advance(ada.NextId(), "first"));
  const auto harder = Changed(ada, Trial(5, 3, 4));
  EXPECT_THAT(harder.lost_stage_ids(), ElementsAre("first"));

  v1::TryCriteriaRequest gate;
  gate.set_roadmap_id("path");
  gate.add_gates()->set_stage_id("first");
  gate.mutable_gates(0)->mutable_criterion()->set_milestone_approved(true);
  EXPECT_THAT(Changed(ada, gate).lost_stage_ids(), ElementsAre("first"));
}

TEST(CriteriaTrial, RefusesWhatCannotBeTried) {
  v1::TryCriteriaRequest request = Trial(0, 0, 0);
  EXPECT_EQ(ReasonOf(request), "OUT_OF_RANGE");
  request = Trial(1, 1, 1);
  request.mutable_concepts(0)->set_concept_id("none");
  EXPECT_EQ(ReasonOf(request), "CONCEPT_NOT_FOUND");
  request.clear_concepts();
  request.add_gates()->set_stage_id("none");
  EXPECT_EQ(ReasonOf(request), "STAGE_NOT_FOUND");
  request.set_roadmap_id("none");
  EXPECT_EQ(ReasonOf(request), "ROADMAP_NOT_FOUND");
}

}  // namespace
}  // namespace edirae::progress
