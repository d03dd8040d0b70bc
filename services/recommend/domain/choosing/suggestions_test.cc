#include "services/recommend/domain/choosing/suggestions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/choosing/sentences.h"
#include "services/recommend/limits.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend::choosing {
namespace {

using recommend::testing::History;
using recommend::testing::Noon;
using recommend::testing::SampleCourse;
using recommend::testing::SampleModels;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::Duration kDay = absl::Hours(24);

Advice AdviceAt(const History& history, absl::Time now, int max = 10, const CourseIndex& course = SampleCourse()) {
  const LearnerState state = history.Fold();
  return Suggest(LearnerView(SampleModels(), state, course, now), max);
}

std::vector<v1::Suggestion> StepsAt(const History& history, absl::Time now, int max = 10) {
  return AdviceAt(history, now, max).suggestions;
}

std::vector<v1::Suggestion> StepsOf(const History& history, int max = 10) {
  return StepsAt(history, history.now(), max);
}

// "LEARN vectors", "ADVANCE basics": what is suggested, in order.
std::vector<std::string> Outline(const std::vector<v1::Suggestion>& steps) {
  std::vector<std::string> outline;
  for (const auto& step : steps) {
    outline.push_back(absl::StrCat(v1::StepKind_Name(step.kind()).substr(10), " ",
                                   step.kind() == v1::STEP_KIND_ADVANCE  ? step.stage_id()
                                   : step.kind() == v1::STEP_KIND_SUBMIT ? step.milestone_id()
                                                                         : step.concept_id()));
  }
  return outline;
}

// The gate of the basics opens only with an approved essay.
CourseIndex CourseWithAnEssay() {
  CourseIndex course = SampleCourse();
  TaughtStage& basics = course.stages[0];
  basics.milestone_id = "essay";
  basics.milestone_key = KeyOf("essay");
  basics.milestone_title = "An Essay";
  basics.milestone_minutes = 90;
  basics.gate_wants_milestone = true;
  return course;
}

// Mastery takes a right answer a day later.
CourseIndex CourseWhereItMustLast() {
  CourseIndex course = SampleCourse();
  for (TaughtConcept& taught : course.concepts) taught.criterion.set_right_again_after_hours(24);
  return course;
}

TEST(Suggestions, StartWithTheFirstConceptAndPutOptionalOnesLast) {
  const auto steps = StepsOf(History());
  EXPECT_THAT(Outline(steps), ElementsAre("LEARN vectors", "LEARN history"));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_FRONTIER);
  EXPECT_EQ(steps[0].explanation(), "Vectors is next in “The Basics”; it needs no other concept first.");
  EXPECT_EQ(steps[0].question_id(), "vectors.q1");
  EXPECT_EQ(steps[0].card_id(), "vectors.c1");
  EXPECT_THAT(steps[0].resource_ids(), ElementsAre("guide", "video", "book"));
  EXPECT_EQ(steps[0].stage_id(), "basics");
  EXPECT_FALSE(steps[0].has_due_time());
  EXPECT_GT(steps[0].success_chance(), 0);
  EXPECT_THAT(steps[0].evidence_event_ids(), IsEmpty());
}

TEST(Suggestions, GoOnWithWhatIsBegunAndSayHowFarItIs) {
  const History history = History().Answer("vectors", 1, true).Answer("vectors", 2, false);
  const auto steps = StepsOf(history);
  EXPECT_THAT(Outline(steps), ElementsAre("PRACTISE vectors", "LEARN history"));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_IN_PROGRESS);
  EXPECT_EQ(steps[0].explanation(),
            "You answered 1 of 2 right on Vectors; 1 of 3 different questions is right so far.");
  EXPECT_THAT(steps[0].evidence_event_ids(),
              ElementsAre(history.events()[0].event_id(), history.events()[1].event_id()));
}

TEST(Suggestions, SayWhatTheNextConceptStandsOn) {
  History history;
  history.Answer("vectors", 1, false).Answer("vectors", 1, true).Answer("vectors", 2, true).Answer("vectors", 3, true);
  history.Master("vectors");
  const auto steps = StepsAt(history, history.now() + absl::Hours(25));
  ASSERT_THAT(Outline(steps), ElementsAre("LEARN matrices", "LEARN history"));
  EXPECT_EQ(steps[0].explanation(),
            "Matrices is next in “The Basics”. You answered 3 of 4 right on Vectors, which this needs; last seen 1 day "
            "ago.");
}

TEST(Suggestions, NeverAskWhatWouldNotCount) {
  const History all = History().Answer("vectors", 1, true).Answer("vectors", 2, false).Answer("vectors", 3, false);
  const Advice now = AdviceAt(all, all.now());
  EXPECT_THAT(Outline(now.suggestions), ElementsAre("LEARN history")) << "nothing on vectors counts before midnight";
  EXPECT_EQ(now.next_due, Noon() + absl::Hours(12)) << "then the advice changes by itself";
  EXPECT_THAT(Outline(StepsAt(all, Noon() + absl::Hours(13))), ElementsAre("PRACTISE vectors", "LEARN history"));
}

TEST(Suggestions, LetWhatWasShownRestAndOpenWhatBuildsOnIt) {
  const CourseIndex course = CourseWhereItMustLast();
  const History shown = History().Answer("vectors", 1, true).Answer("vectors", 2, true).Answer("vectors", 3, true);
  const Advice now = AdviceAt(shown, shown.now(), 10, course);
  EXPECT_THAT(Outline(now.suggestions), ElementsAre("LEARN matrices", "LEARN history"));

  const Advice later = AdviceAt(shown, shown.now() + absl::Hours(25), 10, course);
  EXPECT_THAT(Outline(later.suggestions), ElementsAre("PRACTISE vectors", "LEARN matrices", "LEARN history"));
  EXPECT_EQ(later.suggestions[0].reason(), v1::REASON_CODE_RIGHT_AGAIN);
  EXPECT_EQ(later.suggestions[0].explanation(),
            "3 different questions on Vectors were right 1 day ago: one right answer now shows that it stayed.");
}

TEST(Suggestions, AHintIsNoEvidenceWhereTheCriterionWantsNone) {
  CourseIndex course = CourseWhereItMustLast();
  for (TaughtConcept& taught : course.concepts) taught.criterion.set_without_hints(true);
  History aided;
  aided.Answer("vectors", 1, true).Answer("vectors", 2, true).Answer("vectors", 3, true, 1).After(absl::Hours(13));
  const auto steps = AdviceAt(aided, aided.now(), 10, course).suggestions;
  EXPECT_THAT(Outline(steps), ElementsAre("PRACTISE vectors", "LEARN history"));
  EXPECT_EQ(steps[0].question_id(), "vectors.q3") << "the one that the gate still needs";
  EXPECT_THAT(steps[0].explanation(), HasSubstr("2 of 3 different questions are right without a hint so far"));
}

TEST(Suggestions, AskForTheGateFirstAndHoldTheNextStageBack) {
  const auto steps = StepsOf(History().Learn("vectors").Learn("matrices"));
  EXPECT_THAT(Outline(steps), ElementsAre("ADVANCE basics", "LEARN history"));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_STAGE_COMPLETE);
  EXPECT_EQ(steps[0].explanation(), "All 2 required concepts of “The Basics” are mastered: ask for its gate.");
  EXPECT_EQ(steps[0].score(), 1);
}

TEST(Suggestions, GoOnInTheNextStageOnceTheGateIsOpen) {
  const auto steps = StepsOf(History().Learn("vectors").Learn("matrices").Pass("basics"));
  EXPECT_THAT(Outline(steps), ElementsAre("LEARN regression", "LEARN history"));
  EXPECT_THAT(steps[0].explanation(), HasSubstr("You answered 3 of 3 right on "));
}

TEST(Suggestions, PutTheMostForgottenReviewFirst) {
  History history;
  history.Learn("vectors").After(absl::Hours(30)).Learn("matrices");
  const auto steps = StepsAt(history, history.now() + 3 * kDay);
  EXPECT_THAT(Outline(steps), ElementsAre("ADVANCE basics", "REVIEW vectors", "REVIEW matrices", "LEARN history"));
  EXPECT_EQ(steps[1].reason(), v1::REASON_CODE_REVIEW_DUE);
  EXPECT_THAT(steps[1].explanation(),
              HasSubstr("You last met Vectors 4 days ago, and your chance of recalling it is 8"));
  EXPECT_THAT(steps[1].explanation(), HasSubstr("its review has been due for 2 days."));
  EXPECT_EQ(steps[1].due_time().seconds(), absl::ToUnixSeconds(Noon() + 2 * kDay));
  EXPECT_GT(steps[1].score(), steps[2].score()) << "more is forgotten";
  EXPECT_THAT(steps[1].evidence_event_ids(), SizeIs(4));
}

TEST(Suggestions, ReviewsDoNotCrowdOutLearning) {
  History history;
  history.Learn("vectors").Learn("matrices").Learn("history").Pass("basics").Learn("regression");
  const absl::Time later = history.now() + 5 * kDay;
  EXPECT_THAT(Outline(StepsAt(history, later, 3)), ElementsAre("REVIEW vectors", "REVIEW matrices", "LEARN trees"));
  EXPECT_THAT(Outline(StepsAt(history, later, 1)), ElementsAre("REVIEW vectors"));
  // Where there is nothing more to learn, reviews fill the list.
  EXPECT_THAT(Outline(StepsAt(history, later, 5)),
              ElementsAre("REVIEW vectors", "REVIEW matrices", "REVIEW history", "LEARN trees", "REVIEW regression"));
}

TEST(Suggestions, ReviewADueCardAndNameIt) {
  History history;
  history.Review("vectors", 2, events::v1::CARD_RATING_AGAIN);
  const auto steps = StepsAt(history, history.now() + absl::Hours(1));
  EXPECT_EQ(steps[0].kind(), v1::STEP_KIND_REVIEW);
  EXPECT_EQ(steps[0].card_id(), "vectors.c2");
  EXPECT_THAT(steps[0].explanation(), HasSubstr("your chance of recalling a card of it is "));
}

TEST(Suggestions, AfterTwoWrongAnswersSayWhatHelps) {
  const auto alone = StepsOf(History().Answer("vectors", 1, false).Answer("vectors", 2, false));
  EXPECT_EQ(alone[0].reason(), v1::REASON_CODE_STRUGGLING);
  EXPECT_EQ(alone[0].explanation(),
            "Your last 2 answers on Vectors were wrong: take a look at “A Guide” before the next question.");
  // Regression was begun out of order: matrices has not been touched, and comes first in the curriculum.
  const auto early = StepsOf(History().Learn("vectors").Answer("regression", 1, false).Answer("regression", 2, false));
  EXPECT_THAT(Outline(early), ElementsAre("LEARN matrices", "PRACTISE regression", "LEARN history"));
  EXPECT_EQ(early[1].explanation(),
            "Your last 2 answers on Regression were wrong; it builds on Matrices, which you have not begun.");
}

TEST(Suggestions, ReviewEarlyWhenNothingElseIsLeftAndNotTwiceADay) {
  History history;
  for (const char* id : {"vectors", "matrices", "history"}) history.Learn(id);
  history.Pass("basics").Learn("regression").Learn("trees").Pass("models");
  EXPECT_THAT(Outline(StepsOf(history)), IsEmpty()) << "all of it was asked about today";
  const auto steps = StepsAt(history, history.now() + kDay);
  ASSERT_THAT(steps, SizeIs(1));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_EARLY_REVIEW);
  EXPECT_LT(steps[0].score(), 0.3);
}

TEST(Suggestions, LetRestWhatWasOftenWrong) {
  History history;
  for (int day = 0; day < 4; ++day) {
    for (int i = 0; i < 9; ++i) history.Answer("vectors", 1 + i % 3, false);
    if (day < 3) history.After(kDay);
  }
  const Advice advice = AdviceAt(history, history.now() + kDay);
  EXPECT_THAT(Outline(advice.suggestions), ElementsAre("LEARN history"));
  const absl::Time midnight = absl::FromUnixMillis((absl::ToUnixMillis(history.now()) / kDayMs + 2) * kDayMs);
  EXPECT_EQ(advice.next_due, midnight) << "watchers learn of the end of the rest";
  EXPECT_THAT(Outline(StepsAt(history, midnight - absl::Seconds(1))), ElementsAre("LEARN history"));
  EXPECT_THAT(Outline(StepsAt(history, midnight)), ElementsAre("PRACTISE vectors", "LEARN history"));
  const LearnerState state = history.Fold();
  const LearnerView resting(SampleModels(), state, SampleCourse(), history.now() + kDay);
  EXPECT_THAT(ExplainSilence(resting, 0), HasSubstr("Vectors was often wrong and rests: it goes on in "));
}

TEST(Suggestions, AskForTheMilestoneThatTheGateWants) {
  const CourseIndex course = CourseWithAnEssay();
  const auto steps_of = [&](const History& history) {
    return AdviceAt(history, history.now(), 10, course).suggestions;
  };
  History history;
  EXPECT_THAT(Outline(steps_of(history)), ElementsAre("LEARN vectors", "LEARN history")) << "all in its time";
  history.Learn("vectors").Learn("matrices");
  auto steps = steps_of(history);
  EXPECT_THAT(Outline(steps), ElementsAre("SUBMIT essay", "LEARN history"));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_MILESTONE_MISSING);
  EXPECT_EQ(steps[0].explanation(),
            "All 2 required concepts of “The Basics” are mastered: hand in its milestone, “An Essay”; the gate asks "
            "for it.");
  EXPECT_EQ(steps[0].stage_id(), "basics");
  EXPECT_EQ(steps[0].estimated_minutes(), 90);

  EXPECT_THAT(Outline(steps_of(history.Submit("essay"))), ElementsAre("LEARN history")) << "a mentor is to look at it";
  EXPECT_THAT(Outline(steps_of(history.Withdraw("essay"))), ElementsAre("SUBMIT essay", "LEARN history"));
  history.Submit("essay").Decide("essay", events::v1::REVIEW_VERDICT_RETURNED);
  steps = steps_of(history);
  EXPECT_THAT(Outline(steps), ElementsAre("SUBMIT essay", "LEARN history"));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_MILESTONE_RETURNED);
  EXPECT_THAT(steps[0].explanation(), HasSubstr("improve and hand in again its milestone"));
  EXPECT_THAT(steps[0].evidence_event_ids(), ElementsAre(history.events().back().event_id()));
  history.Submit("essay").Decide("essay", events::v1::REVIEW_VERDICT_APPROVED);
  EXPECT_THAT(Outline(steps_of(history)), ElementsAre("ADVANCE basics", "LEARN history"));
  history.Decide("essay", events::v1::REVIEW_VERDICT_RETURNED);
  EXPECT_THAT(Outline(steps_of(history)), ElementsAre("ADVANCE basics", "LEARN history")) << "approved is approved";
  EXPECT_THAT(Outline(StepsOf(History().Learn("vectors").Learn("matrices"))),
              ElementsAre("ADVANCE basics", "LEARN history"))
      << "where no gate asks for it";
}

TEST(Suggestions, AreTheSameForTheSameStateAndTime) {
  const History history = recommend::testing::RandomHistory("ada", 60, 7);
  const LearnerState one = history.Fold();
  const LearnerState other = history.Fold();
  const absl::Time now = history.now() + absl::Hours(5);
  const Advice first = Suggest(LearnerView(SampleModels(), one, SampleCourse(), now), 10);
  const Advice second = Suggest(LearnerView(SampleModels(), other, SampleCourse(), now), 10);
  ASSERT_EQ(first.suggestions.size(), second.suggestions.size());
  for (size_t i = 0; i < first.suggestions.size(); ++i) {
    EXPECT_EQ(first.suggestions[i].SerializeAsString(), second.suggestions[i].SerializeAsString());
  }
  EXPECT_EQ(first.next_due, second.next_due);
}

TEST(Suggestions, TellWhenTheNextReviewFallsDue) {
  EXPECT_EQ(AdviceAt(History(), Noon()).next_due, absl::InfiniteFuture());
  History history;
  history.Learn("vectors").After(absl::Hours(30));
  EXPECT_EQ(AdviceAt(history, history.now()).next_due, Noon() + 2 * kDay);
}

}  // namespace
}  // namespace edirae::recommend::choosing
