// A learner's way through the gateway, with every service in a process of its own.
#include <algorithm>
#include <filesystem>
#include <set>

#include "absl/strings/str_cat.h"
#include "cli/demo/live_home.h"
#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/answers.h"
#include "tests/platform/one_sitting.h"
#include "tests/platform/platform_fixture.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

using Stub = cli::Session::Learn::Stub;

class LearningTest : public PlatformFixture {
 protected:
  void SetUp() override {
    PlatformOptions options;
    ASSERT_OK_AND_ASSIGN(options.content, ContentForOneSitting(folder_));
    ASSERT_NO_FATAL_FAILURE(StartSplit(options));
    ASSERT_OK_AND_ASSIGN(cli::AnswerSheet sheet, AnswersOf(*platform_));
    sheet_ = std::make_unique<cli::AnswerSheet>(std::move(sheet));
    ada_ = std::make_unique<Student>(*platform_, platform_->gateway().address(), "ada");
    ASSERT_OK_AND_ASSIGN(const learn::v1::Home home, ada_->Home());
    ASSERT_FALSE(home.next_steps().suggestions().empty());
    first_ = home.next_steps().suggestions(0).concept_id();
    stage_ = home.progress().current_stage_id();
  }

  absl::StatusOr<progress::v1::ActionOutcome> AnswerRight(const std::string& question_id) {
    const auto reply = sheet_->Right(question_id);
    if (!reply.ok()) return reply.status();
    return ada_->Answer(question_id, *reply, absl::StrCat("right-", ++requests_));
  }

  // Answers three different questions of the concept right.
  void Master(const std::string& concept_id) {
    ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(concept_id));
    ASSERT_GE(questions.size(), 3);
    for (int i = 0; i < 3; ++i) ASSERT_OK(AnswerRight(questions[i].question_id()));
  }

  absl::StatusOr<progress::v1::GateDecision> AskToAdvance(const std::string& stage_id) {
    learn::v1::RequestAdvanceRequest request;
    request.set_request_id(absl::StrCat("advance-", ++requests_));
    request.set_roadmap_id(kRoadmap);
    request.set_stage_id(stage_id);
    const auto response = ada_->session().Call(&Stub::RequestAdvance, request);
    if (!response.ok()) return response.status();
    return response->outcome().gate_decision();
  }

  const TempFolder folder_;
  std::unique_ptr<cli::AnswerSheet> sheet_;
  std::unique_ptr<Student> ada_;
  std::string first_;
  std::string stage_;
  int requests_ = 0;
};

TEST_F(LearningTest, AWrongAnswerOfEveryKindIsGradedByTheServerAndExplained) {
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(first_));
  std::set<catalog::v1::QuestionKind> kinds;
  int64_t answers = 0;
  for (const catalog::v1::Question& question : questions) {
    kinds.insert(question.kind());
    ASSERT_OK_AND_ASSIGN(const auto wrong, sheet_->Wrong(question.question_id()));
    ASSERT_OK_AND_ASSIGN(const auto outcome, ada_->Answer(question.question_id(), wrong, absl::StrCat("r", answers)));
    const progress::v1::GradedAnswer& graded = outcome.graded_answer();
    EXPECT_FALSE(graded.correct()) << question.question_id();
    EXPECT_LT(graded.score(), 1) << question.question_id();
    EXPECT_FALSE(graded.explanation().empty());
    const std::string& told = graded.has_reply_feedback() ? graded.reply_feedback().text() : graded.feedback(0).text();
    EXPECT_FALSE(told.empty()) << question.question_id();
    EXPECT_EQ(outcome.learner_seq(), ++answers);
  }
  EXPECT_GE(kinds.size(), 3) << "the content has questions of many kinds";
}

TEST_F(LearningTest, ThreeDifferentRightAnswersMasterAConceptAndOneRepeatedDoesNot) {
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(first_));
  for (int i = 0; i < 4; ++i) {
    ASSERT_OK_AND_ASSIGN(const auto outcome, AnswerRight(questions[0].question_id()));
    EXPECT_THAT(outcome.mastered_concept_ids(), ::testing::IsEmpty());
  }
  ASSERT_OK(AnswerRight(questions[1].question_id()));
  ASSERT_OK_AND_ASSIGN(const auto outcome, AnswerRight(questions[2].question_id()));
  EXPECT_THAT(outcome.mastered_concept_ids(), ::testing::ElementsAre(first_));
}

TEST_F(LearningTest, AHintIsShownToWhoAsksAndCountsWithTheNextAnswer) {
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(first_));
  const auto with_hints = std::ranges::find_if(questions, [](const auto& it) { return it.hint_count() > 0; });
  ASSERT_NE(with_hints, questions.end());
  learn::v1::RequestHintRequest request;
  request.set_question_id(with_hints->question_id());
  for (int i = 1; i <= with_hints->hint_count(); ++i) {
    request.set_request_id(absl::StrCat("hint-", i));
    ASSERT_OK_AND_ASSIGN(const auto response, ada_->session().Call(&Stub::RequestHint, request));
    EXPECT_FALSE(response.outcome().shown_hint().text().empty());
    EXPECT_EQ(response.outcome().shown_hint().remaining_count(), with_hints->hint_count() - i);
  }
  request.set_request_id("hint-too-many");
  EXPECT_EQ(ErrorInfoOf(ada_->session().Call(&Stub::RequestHint, request).status()).reason(), "NO_MORE_HINTS");
  const Student bob(*platform_, platform_->gateway().address(), "bob");
  request.set_learner_id("ada");
  EXPECT_EQ(ErrorInfoOf(bob.session().Call(&Stub::RequestHint, request).status()).reason(), "OTHER_SUBJECT");
  ASSERT_OK_AND_ASSIGN(const auto outcome, AnswerRight(with_hints->question_id()));
  EXPECT_EQ(outcome.graded_answer().hints_used(), with_hints->hint_count());
}

TEST_F(LearningTest, AGateShowsEachClauseWithItsEvidence) {
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(first_));
  ASSERT_OK_AND_ASSIGN(const auto outcome, AnswerRight(questions[0].question_id()));
  learn::v1::GetGateRequest request;
  request.set_roadmap_id(kRoadmap);
  ASSERT_OK_AND_ASSIGN(const auto response, ada_->session().Call(&Stub::GetGate, request));
  EXPECT_EQ(response.gate().stage_id(), stage_);
  const auto& concepts = response.gate().concepts();
  const auto first = std::ranges::find(concepts, first_, &progress::v1::ConceptGate::concept_id);
  ASSERT_NE(first, concepts.end());
  EXPECT_EQ(first->clauses(0).missing(), "2 more right answers on different questions");
  EXPECT_THAT(first->clauses(0).evidence_event_ids(), ::testing::ElementsAre(outcome.event_id()));
}

TEST_F(LearningTest, AGateSaysNoAndNamesWhatIsMissing) {
  Master(first_);
  ASSERT_OK_AND_ASSIGN(const auto decision, AskToAdvance(stage_));
  EXPECT_FALSE(decision.granted());
  std::set<std::string> missing;
  for (const auto& lacking : decision.gate().missing()) {
    missing.insert(lacking.concept_id());
    EXPECT_FALSE(lacking.unmet().empty()) << lacking.concept_id();
  }
  EXPECT_FALSE(missing.contains(first_));
  EXPECT_EQ(static_cast<int>(missing.size()), decision.gate().required_count() - decision.gate().mastered_count());
}

TEST_F(LearningTest, AStageIsPassedOnEvidenceAndTheNextOneOpens) {
  learn::v1::GetRoadmapRequest request;
  request.set_roadmap_id(kRoadmap);
  ASSERT_OK_AND_ASSIGN(const auto response, ada_->session().Call(&Stub::GetRoadmap, request));
  const catalog::v1::Stage& first = response.roadmap().stages(0);
  for (const catalog::v1::Concept& it : first.concepts()) Master(it.concept_id());
  EXPECT_TRUE(Eventually([&] {
    const auto home = ada_->Home();
    return home.ok() && !home->next_steps().suggestions().empty() &&
           home->next_steps().suggestions(0).kind() == recommend::v1::STEP_KIND_ADVANCE;
  })) << "advancing is suggested once all is mastered";
  ASSERT_OK_AND_ASSIGN(const auto decision, AskToAdvance(first.stage_id()));
  EXPECT_TRUE(decision.granted());
  ASSERT_OK_AND_ASSIGN(const auto home, ada_->Home());
  EXPECT_EQ(home.progress().current_stage_id(), response.roadmap().stages(1).stage_id());
}

TEST_F(LearningTest, StagesOpenInOrder) {
  const absl::Status refused = AskToAdvance("production").status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << refused;
}

TEST_F(LearningTest, WatchingShowsWhatAnAnswerChanged) {
  cli::LiveHome live(ada_->session(), kRoadmap);
  ASSERT_OK_AND_ASSIGN(const auto before, live.WaitFor(0, absl::Seconds(10)));
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(first_));
  ASSERT_OK_AND_ASSIGN(const auto outcome, AnswerRight(questions[0].question_id()));
  ASSERT_OK_AND_ASSIGN(const auto after, live.WaitFor(outcome.as_of_seq(), absl::Seconds(10)));
  EXPECT_GE(after.progress().as_of_seq(), outcome.as_of_seq());
  EXPECT_NE(before.next_steps().suggestions(0).explanation(), after.next_steps().suggestions(0).explanation());
}

TEST_F(LearningTest, WhatIsThoughtIsExplainedAndPlannedFromTheAnswersThatWereGiven) {
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(first_));
  ASSERT_OK_AND_ASSIGN(const auto outcome, AnswerRight(questions[0].question_id()));
  learn::v1::ExplainRequest explain;
  explain.set_roadmap_id(kRoadmap);
  explain.set_concept_id(first_);
  EXPECT_TRUE(Eventually([&] {
    const auto response = ada_->session().Call(&Stub::Explain, explain);
    return response.ok() && response->explanation().as_of_seq() == outcome.as_of_seq();
  }));
  ASSERT_OK_AND_ASSIGN(const auto why, ada_->session().Call(&Stub::Explain, explain));
  EXPECT_EQ(why.explanation().correct_count(), 1);
  EXPECT_THAT(why.explanation().evidence_event_ids(), ::testing::Contains(outcome.event_id()));
  EXPECT_EQ(why.suggestion().concept_id(), first_);

  learn::v1::PlanSessionRequest session;
  session.set_roadmap_id(kRoadmap);
  session.set_minutes(25);
  ASSERT_OK_AND_ASSIGN(const auto planned, ada_->session().Call(&Stub::PlanSession, session));
  EXPECT_LE(planned.session().planned_minutes(), 25);
  EXPECT_GT(planned.session().question_count(), 0);

  learn::v1::PlanTrackRequest track;
  track.set_roadmap_id(kRoadmap);
  track.mutable_goal()->set_hours_per_week(15);
  track.mutable_goal()->set_career_id("mlops-engineer");
  ASSERT_OK_AND_ASSIGN(const auto way, ada_->session().Call(&Stub::PlanTrack, track));
  EXPECT_GT(way.track().concept_count(), 8) << "its own concepts, and what they need";
  EXPECT_TRUE(way.track().feasible());

  // On the bus learners have other names, which none of them ever sees.
  ASSERT_OK_AND_ASSIGN(const auto home, ada_->Home());
  EXPECT_THAT((std::vector{home.next_steps().learner_id(), why.explanation().learner_id(),
                           planned.session().learner_id(), way.track().learner_id()}),
              ::testing::Each(ada_->id()));
}

TEST_F(LearningTest, ARetriedAnswerGetsTheFirstOutcomeAlsoAfterARestart) {
  ASSERT_OK_AND_ASSIGN(const auto questions, ada_->Questions(first_));
  ASSERT_OK_AND_ASSIGN(const auto right, sheet_->Right(questions[0].question_id()));
  ASSERT_OK_AND_ASSIGN(const auto first, ada_->Answer(questions[0].question_id(), right, "once"));
  platform_->progress().Kill();
  ASSERT_OK(platform_->progress().Start());
  ASSERT_OK(platform_->progress().WaitReady());
  ASSERT_OK_AND_ASSIGN(const auto again, ada_->AnswerUntilAcknowledged(questions[0].question_id(), right, "once"));
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  ASSERT_OK_AND_ASSIGN(const auto history, HistoryOf(*platform_, "ada"));
  EXPECT_EQ(history.size(), 1);
}

TEST_F(LearningTest, RecommendRebuildsItselfWhenItsDataIsGone) {
  Master(first_);
  ASSERT_OK_AND_ASSIGN(const auto history, HistoryOf(*platform_, "ada"));
  const auto caught_up = [&] {
    const auto as_of = RecommendedAsOf(*platform_, "ada");
    return as_of.ok() && *as_of == static_cast<int64_t>(history.size());
  };
  ASSERT_TRUE(Eventually(caught_up));
  platform_->recommend().Kill();
  std::filesystem::remove_all(platform_->DataFolder("recommend"));
  ASSERT_OK(platform_->recommend().Start());
  ASSERT_OK(platform_->recommend().WaitReady());
  EXPECT_TRUE(Eventually(caught_up, absl::Seconds(30)));
}

}  // namespace
}  // namespace edirae::testing
