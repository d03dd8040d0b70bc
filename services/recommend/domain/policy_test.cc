#include "services/recommend/domain/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using ::testing::ElementsAre;
using testing::History;
using ::testing::IsEmpty;
using testing::Noon;
using testing::SampleCourse;

constexpr events::v1::CardRating kGood = events::v1::CARD_RATING_GOOD;

std::vector<v1::Suggestion> StepsAt(const History& history, absl::Time now, int max = 10) {
  return Suggest(history.Fold(), SampleCourse(), now, max).suggestions;
}

std::vector<v1::Suggestion> StepsOf(const History& history, int max = 10) {
  return StepsAt(history, history.now(), max);
}

// "LEARN vectors", "ADVANCE basics": what is suggested, in order.
std::vector<std::string> Outline(const std::vector<v1::Suggestion>& steps) {
  std::vector<std::string> outline;
  for (const auto& step : steps) {
    outline.push_back(absl::StrCat(v1::StepKind_Name(step.kind()).substr(10), " ",
                                   step.kind() == v1::STEP_KIND_ADVANCE ? step.stage_id() : step.concept_id()));
  }
  return outline;
}

TEST(Policy, StartsWithTheFirstConceptAndPutsOptionalOnesLast) {
  const auto steps = StepsOf(History());
  EXPECT_THAT(Outline(steps), ElementsAre("LEARN vectors", "LEARN history"));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_FRONTIER);
  EXPECT_EQ(steps[0].explanation(), "Vectors is next in “The Basics”; it needs no other concept first.");
  EXPECT_EQ(steps[0].question_id(), "vectors.q1");
  EXPECT_EQ(steps[0].card_id(), "vectors.c1");
  EXPECT_THAT(steps[0].resource_ids(), ElementsAre("guide", "video", "book"));
  EXPECT_EQ(steps[0].stage_id(), "basics");
  EXPECT_FALSE(steps[0].has_due_time());
}

TEST(Policy, GoesOnWithWhatIsBegunAndSaysHowFarItIs) {
  const auto steps = StepsOf(History().Answer("vectors", 1, true));
  EXPECT_THAT(Outline(steps), ElementsAre("PRACTISE vectors", "LEARN history"));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_IN_PROGRESS);
  EXPECT_EQ(steps[0].explanation(), "1 of 3 different questions on Vectors is right so far.");
}

TEST(Policy, NamesTheWindowWhenEnoughDifferentQuestionsAreRight) {
  const auto steps = StepsOf(History()
                                 .Answer("vectors", 1, true)
                                 .Answer("vectors", 2, true)
                                 .Answer("vectors", 1, false)
                                 .Answer("vectors", 2, false)
                                 .Answer("vectors", 3, true));
  EXPECT_EQ(steps[0].explanation(), "2 of your newest 4 answers on Vectors are right, and it takes 3 of 4.");
}

TEST(Policy, OffersAQuestionNotYetRightThenTheLeastRecent) {
  EXPECT_EQ(StepsOf(History().Answer("vectors", 1, true))[0].question_id(), "vectors.q2");
  // q1 is right; q3 was never tried, q2 was wrong a moment ago.
  EXPECT_EQ(StepsOf(History().Answer("vectors", 1, true).Answer("vectors", 2, false))[0].question_id(), "vectors.q3");
  // q3 and q2 were both wrong, q3 longer ago.
  EXPECT_EQ(StepsOf(History().Answer("vectors", 3, false).Answer("vectors", 1, true).Answer("vectors", 2, false))[0]
                .question_id(),
            "vectors.q3");
  // All are right: the one seen longest ago.
  EXPECT_EQ(StepsOf(History().Answer("vectors", 2, true).Answer("vectors", 3, true).Answer("vectors", 1, true))[0]
                .question_id(),
            "vectors.q2");
}

TEST(Policy, OpensWhatBuildsOnMasteredConcepts) {
  const auto steps = StepsOf(History().Learn("vectors"));
  EXPECT_THAT(Outline(steps), ElementsAre("LEARN matrices", "LEARN history"));
  EXPECT_EQ(steps[0].explanation(), "You mastered Vectors, so Matrices is next.");
}

// Mastery takes a right answer a day later.
CourseIndex CourseWhereItMustLast() {
  CourseIndex course = SampleCourse();
  for (TaughtConcept& taught : course.concepts) taught.criterion.set_right_again_after_hours(24);
  return course;
}

TEST(Policy, WhatWasShownRestsAndOpensWhatBuildsOnIt) {
  const CourseIndex course = CourseWhereItMustLast();
  const History shown = History().Answer("vectors", 1, true).Answer("vectors", 2, true).Answer("vectors", 3, true);
  const Advice now = Suggest(shown.Fold(), course, shown.now(), 10);
  EXPECT_THAT(Outline(now.suggestions), ElementsAre("LEARN matrices", "LEARN history"));
  EXPECT_EQ(now.suggestions[0].explanation(), "You have shown Vectors, so Matrices is next.");
  EXPECT_EQ(now.next_due - shown.now(), absl::Hours(24)) << "then the advice changes by itself";

  const Advice later = Suggest(shown.Fold(), course, shown.now() + absl::Hours(25), 10);
  EXPECT_THAT(Outline(later.suggestions), ElementsAre("PRACTISE vectors", "LEARN matrices", "LEARN history"));
  EXPECT_EQ(later.suggestions[0].explanation(),
            "3 different questions on Vectors were right 1 day ago: one right answer now shows that it stayed.");
}

TEST(Policy, WhatWasOftenWrongIsNotShown) {
  const CourseIndex course = CourseWhereItMustLast();
  const History mixed = History()
                            .Answer("vectors", 1, true)
                            .Answer("vectors", 2, true)
                            .Answer("vectors", 1, false)
                            .Answer("vectors", 3, true);
  const auto steps = Suggest(mixed.Fold(), course, mixed.now(), 10).suggestions;
  EXPECT_THAT(Outline(steps), ElementsAre("PRACTISE vectors", "LEARN history"));
}

TEST(Policy, ExplainsAnAccuracyThatIsNotReached) {
  CourseIndex course = CourseWhereItMustLast();
  for (TaughtConcept& taught : course.concepts) taught.criterion.set_min_correct_in_window(0);
  const History mixed = History()
                            .Answer("vectors", 1, true)
                            .Answer("vectors", 2, true)
                            .Answer("vectors", 1, false)
                            .Answer("vectors", 3, true);
  EXPECT_EQ(Suggest(mixed.Fold(), course, mixed.now(), 10).suggestions[0].explanation(),
            "3 of your newest 4 answers on Vectors are right, and it takes more right ones than that.");
}

TEST(Policy, AsksForTheGateFirstAndHoldsBackTheNextStage) {
  const auto steps = StepsOf(History().Learn("vectors").Learn("matrices"));
  EXPECT_THAT(Outline(steps), ElementsAre("ADVANCE basics", "LEARN history"));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_STAGE_COMPLETE);
  EXPECT_EQ(steps[0].explanation(), "All 2 required concepts of “The Basics” are mastered: ask for its gate.");
  EXPECT_EQ(steps[0].concept_id(), "");
}

TEST(Policy, GoesOnInTheNextStageOnceTheGateIsOpen) {
  const auto steps = StepsOf(History().Learn("vectors").Learn("matrices").Pass("basics"));
  EXPECT_THAT(Outline(steps), ElementsAre("LEARN regression", "LEARN history"));
  EXPECT_EQ(steps[0].explanation(), "You mastered Vectors and Matrices, so Regression is next.");
  EXPECT_EQ(steps[1].explanation(),
            "History is open to you, and optional in “The Basics”; it needs no other concept first.");
}

TEST(Policy, PutsTheLongestOverdueReviewFirstAndSaysForHowLong) {
  History history;
  history.Learn("vectors").After(absl::Hours(30)).Learn("matrices");
  const auto steps = StepsAt(history, history.now() + absl::Hours(27));
  EXPECT_THAT(Outline(steps), ElementsAre("ADVANCE basics", "REVIEW vectors", "REVIEW matrices", "LEARN history"));
  EXPECT_EQ(steps[1].reason(), v1::REASON_CODE_REVIEW_DUE);
  EXPECT_EQ(steps[1].explanation(), "You last recalled Vectors 2 days ago, and its review has been due for 1 day.");
  EXPECT_EQ(steps[1].due_time().seconds(), absl::ToUnixSeconds(Noon() + absl::Hours(24)));
  EXPECT_EQ(steps[2].explanation(), "You last recalled Matrices 1 day ago, and its review has been due for 3 hours.");
}

TEST(Policy, ReviewsDoNotCrowdOutLearning) {
  History history;
  history.Learn("vectors").Learn("matrices").Learn("history").Pass("basics").Learn("regression");
  const absl::Time later = history.now() + absl::Hours(48);
  EXPECT_THAT(Outline(StepsAt(history, later, 3)), ElementsAre("REVIEW vectors", "REVIEW matrices", "LEARN trees"));
  EXPECT_THAT(Outline(StepsAt(history, later, 1)), ElementsAre("REVIEW vectors"));
  // Where there is nothing more to learn, reviews fill the list.
  EXPECT_THAT(Outline(StepsAt(history, later, 5)),
              ElementsAre("REVIEW vectors", "REVIEW matrices", "REVIEW history", "LEARN trees", "REVIEW regression"));
}

TEST(Policy, AfterTwoWrongAnswersNamesTheWeakestPrerequisiteFirst) {
  // Regression was begun out of order: matrices has not been touched.
  const auto steps = StepsOf(History().Learn("vectors").Answer("regression", 1, false).Answer("regression", 2, false));
  EXPECT_THAT(Outline(steps), ElementsAre("LEARN matrices", "PRACTISE regression", "LEARN history"));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_STRUGGLING);
  EXPECT_EQ(steps[0].explanation(),
            "Your last 2 answers on Regression were wrong; it builds on Matrices, which you have not begun.");
  EXPECT_EQ(steps[1].reason(), v1::REASON_CODE_STRUGGLING);
}

TEST(Policy, NamesAPrerequisiteThatIsBegunOrFadingWhenItIsTheWeakest) {
  const auto begun = StepsOf(History()
                                 .Learn("vectors")
                                 .Answer("matrices", 1, true)
                                 .Answer("regression", 1, false)
                                 .Answer("regression", 2, false));
  // Matrices comes earlier in the curriculum and is offered for its own sake.
  EXPECT_THAT(Outline(begun), ElementsAre("PRACTISE matrices", "PRACTISE regression", "LEARN history"));
  const auto fading = StepsOf(History()
                                  .Learn("vectors")
                                  .Learn("matrices")
                                  .Pass("basics")
                                  .Answer("matrices", 1, false)
                                  .Answer("regression", 1, false)
                                  .Answer("regression", 2, false));
  EXPECT_THAT(Outline(fading), ElementsAre("REVIEW matrices", "PRACTISE regression", "LEARN history"));
  EXPECT_EQ(fading[0].explanation(),
            "Your last 2 answers on Regression were wrong; it builds on Matrices, so recall that first.");
}

TEST(Policy, PointsToAResourceWhenNoPrerequisiteIsWeak) {
  const auto steps = StepsOf(History().Answer("vectors", 1, false).Answer("vectors", 2, false));
  EXPECT_THAT(Outline(steps), ElementsAre("PRACTISE vectors", "LEARN history"));
  EXPECT_EQ(steps[0].reason(), v1::REASON_CODE_STRUGGLING);
  EXPECT_EQ(steps[0].explanation(),
            "Your last 2 answers on Vectors were wrong: take a look at “A Guide” before the next question.");
}

TEST(Policy, ReviewsACardThatWasNeverRecalled) {
  History history;
  history.Review("vectors", 1, events::v1::CARD_RATING_AGAIN);
  const auto steps = StepsAt(history, history.now() + absl::Hours(25));
  EXPECT_EQ(steps[0].kind(), v1::STEP_KIND_REVIEW);
  EXPECT_EQ(steps[0].explanation(), "You have not recalled Vectors yet, and its review has been due for 1 hour.");
  EXPECT_EQ(steps[0].card_id(), "vectors.c2");
}

TEST(Policy, HasNothingToSayWhenEverythingIsDoneAndFresh) {
  History history;
  history.Learn("vectors")
      .Learn("matrices")
      .Learn("history")
      .Pass("basics")
      .Learn("regression")
      .Learn("trees")
      .Pass("models");
  EXPECT_THAT(Outline(StepsOf(history)), IsEmpty());
}

TEST(Policy, TellsWhenTheNextReviewFallsDue) {
  EXPECT_EQ(Suggest(LearnerState(), SampleCourse(), Noon(), 3).next_due, absl::InfiniteFuture());
  History history;
  history.Learn("vectors").After(absl::Hours(2)).Review("matrices", 1, kGood);
  EXPECT_EQ(Suggest(history.Fold(), SampleCourse(), history.now(), 3).next_due, Noon() + absl::Hours(24));
  EXPECT_EQ(Suggest(history.Fold(), SampleCourse(), Noon() + absl::Hours(24), 3).next_due, Noon() + absl::Hours(26));
}

}  // namespace
}  // namespace edirae::recommend
