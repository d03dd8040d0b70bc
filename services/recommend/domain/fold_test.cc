#include "services/recommend/domain/fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/limits.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using testing::History;
using testing::Noon;
using testing::SampleModels;

ConceptState Of(const History& history, const std::string& concept_id) {
  const LearnerState state = history.Fold();
  const ConceptState* found = state.Find(KeyOf(concept_id));
  return found == nullptr ? ConceptState() : *found;
}

int64_t Ms(absl::Time time) { return absl::ToUnixMillis(time); }

constexpr absl::Duration kDay = absl::Hours(24);

TEST(Fold, CountsAnswersAndDifferentRightQuestions) {
  const ConceptState state =
      Of(History().Answer("vectors", 1, true).Answer("vectors", 1, true).Answer("vectors", 2, false), "vectors");
  EXPECT_EQ(state.answers, 3);
  EXPECT_EQ(state.correct, 2);
  EXPECT_EQ(state.distinct_correct, 1);
  EXPECT_EQ(state.outcomes, 0b110u);
  EXPECT_EQ(state.belief.answers, 3);
  EXPECT_FALSE(state.recall.planned());
}

TEST(Fold, AStateThatFollowsSharesWhatDidNotChange) {
  const History history = History().Answer("vectors", 1, true).Answer("matrices", 1, true).Answer("vectors", 2, false);
  LearnerState before;
  before.learner_id = "ada";
  for (size_t i = 0; i < 2; ++i) Fold(SampleModels(), history.events()[i], before);
  const LearnerState copied = before;
  LearnerState after = before;
  Fold(SampleModels(), history.events()[2], after);
  EXPECT_EQ(after.Find(KeyOf("matrices")), before.Find(KeyOf("matrices")));
  EXPECT_NE(after.Find(KeyOf("vectors")), before.Find(KeyOf("vectors")));
  EXPECT_EQ(before.Find(KeyOf("vectors"))->answers, 1) << "whoever reads the state before sees no change";
  EXPECT_EQ(before, copied);
  EXPECT_EQ(after, history.Fold()) << "nor does it matter for the state after";
}

TEST(Fold, AQuestionOnceRightStaysRight) {
  const ConceptState state =
      Of(History().Answer("vectors", 1, true).Answer("vectors", 1, false).Answer("vectors", 1, true), "vectors");
  EXPECT_EQ(state.distinct_correct, 1);
  ASSERT_EQ(state.questions.size(), 1u);
  EXPECT_TRUE(state.questions[0].right);
  EXPECT_EQ(state.questions[0].last_seq, 3);
  EXPECT_EQ(state.questions[0].counted_ms, Ms(Noon()));
}

TEST(Fold, AnAnswerThatIsNoEvidenceIsSeenAndTeachesNothing) {
  const History once = History().Answer("vectors", 1, true);
  const History twice = History().Answer("vectors", 1, true).After(absl::Hours(1)).Repeat("vectors", 1, false);
  const ConceptState before = Of(once, "vectors");
  const ConceptState after = Of(twice, "vectors");
  EXPECT_EQ(after.answers, 1);
  EXPECT_EQ(after.belief, before.belief);
  EXPECT_EQ(twice.Fold().mastery, once.Fold().mastery);
  EXPECT_EQ(after.questions[0].last_seq, 2);
  EXPECT_EQ(after.questions[0].counted_ms, Ms(Noon())) << "the twelve hours run from the answer that counted";
  EXPECT_EQ(after.evidence.size(), 1u);
}

TEST(Fold, RightAfterAHintIsNotRightByOneself) {
  const ConceptState state = Of(History().Hint("vectors", 1).Answer("vectors", 1, true, 1), "vectors");
  EXPECT_EQ(state.hints, 1);
  EXPECT_EQ(state.answers, 1);
  EXPECT_EQ(state.correct, 0);
  EXPECT_EQ(state.distinct_correct, 1);
  EXPECT_EQ(state.distinct_unaided, 0);
  const ConceptState wrong = Of(History().Answer("vectors", 1, false), "vectors");
  EXPECT_EQ(state.belief, wrong.belief) << "the models see what the learner could not do alone";
}

TEST(Fold, AnAnswerIsEvidenceForAllItsConcepts) {
  History history;
  history.Answer("vectors", 1, true);
  events::v1::LearnerEvent both = history.events()[0];
  both.mutable_question_answered()->add_concept_ids("matrices");
  LearnerState state;
  Fold(SampleModels(), both, state);
  EXPECT_EQ(state.Find(KeyOf("vectors"))->answers, 1);
  EXPECT_EQ(state.Find(KeyOf("matrices"))->answers, 1);
  EXPECT_EQ(state.mastery.answers, 1u) << "one answer, not two";
}

TEST(Fold, RemembersABoundedNumberOfQuestionsAndEvents) {
  History history;
  for (int question = 1; question <= 100; ++question) history.Answer("vectors", question, false);
  const ConceptState state = Of(history, "vectors");
  ASSERT_EQ(state.questions.size(), limits::kMaxSeenItems);
  EXPECT_EQ(state.questions.front().last_seq, 37);
  EXPECT_EQ(state.questions.back().last_seq, 100);
  ASSERT_EQ(state.evidence.size(), limits::kMaxEvidence);
  EXPECT_EQ(FormatEventId(state.evidence.back()), history.events().back().event_id());
}

TEST(Fold, ALapseStartsTheEvidenceAnew) {
  History history;
  history.Learn("vectors").Answer("vectors", 1, false).Lapse("vectors");
  const ConceptState lapsed = Of(history, "vectors");
  EXPECT_FALSE(lapsed.mastered);
  EXPECT_EQ(lapsed.distinct_correct, 0);
  EXPECT_EQ(lapsed.distinct_unaided, 0);
  EXPECT_TRUE(lapsed.recall.planned()) << "it is reviewed all the same";
  EXPECT_EQ(Of(history.Answer("vectors", 1, true), "vectors").distinct_correct, 1) << "an old question counts again";
}

TEST(Fold, ATrackIsKeptWithWhereTheLearnerStood) {
  events::v1::GoalSet goal;
  goal.set_roadmap_id("maths");
  goal.set_hours_per_week(5);
  History history;
  history.Pin({"trees"});
  EXPECT_TRUE(history.Fold().kept->standings.empty()) << "there is no goal yet";
  history.Learn("vectors").Answer("matrices", 1, true).Hint("history", 1).Pass("basics");
  history.Declare("regression", events::v1::PRIOR_KNOWLEDGE_GOOD).After(kDay).SetGoal(goal);
  const KeptTrack kept = *history.Fold().kept;
  EXPECT_EQ(kept.goal, goal.SerializeAsString());
  EXPECT_EQ(kept.goal_ms, Ms(Noon() + kDay));
  EXPECT_EQ(FormatEventId(kept.goal_event), history.events().back().event_id());
  EXPECT_EQ(FormatEventId(kept.pins_event), history.events().front().event_id());
  EXPECT_EQ(kept.standings.size(), 2u) << "a hint is no beginning";
  EXPECT_EQ(kept.known, std::vector<IdKey>{KeyOf("regression")});
  EXPECT_EQ(kept.passed_stages, 1);
  history.After(kDay).Learn("matrices").Lapse("vectors");
  EXPECT_EQ(*history.Fold().kept, kept) << "evidence keeps nothing";
  history.Pin({});
  EXPECT_EQ(history.Fold().kept->keep_ms, Ms(Noon() + 2 * kDay));
  EXPECT_EQ(history.Fold().kept->goal_ms, kept.goal_ms);
  EXPECT_EQ(history.Fold().kept->pins, "");
  EXPECT_EQ(history.Fold().kept->pins_event, EventId());
}

TEST(Fold, AnOversizedWishIsNotKept) {
  events::v1::GoalSet goal;
  goal.mutable_concepts()->add_concept_ids(std::string(limits::kMaxKeptWishBytes, 'x'));
  EXPECT_EQ(*History().SetGoal(goal).Fold().kept, KeptTrack());
  EXPECT_EQ(*History().Pin({std::string(limits::kMaxKeptWishBytes, 'x')}).Fold().kept, KeptTrack());
}

TEST(Fold, ReviewsFallDueByTheRetentionThatTheLearnerWants) {
  const auto due = [](const History& history) { return Of(history, "vectors").recall.due_ms; };
  const auto card_due = [](const History& history) { return Of(history, "vectors").cards[0].recall.due_ms; };
  const History usual = History().Learn("vectors").Review("vectors", 1, events::v1::CARD_RATING_EASY);
  const History before =
      History().WantRetention(970).Learn("vectors").Review("vectors", 1, events::v1::CARD_RATING_EASY);
  const History after =
      History().Learn("vectors").Review("vectors", 1, events::v1::CARD_RATING_EASY).WantRetention(970);
  EXPECT_LT(due(before), due(usual));
  EXPECT_LT(card_due(before), card_due(usual));
  EXPECT_EQ(due(after), due(before)) << "what is planned moves too";
  EXPECT_EQ(card_due(after), card_due(before));
  History changed = after;
  changed.WantRetention(700);
  EXPECT_GT(due(changed), due(usual));
  EXPECT_EQ(due(changed.WantRetention(0)), due(usual)) << "no preference any more";
  EXPECT_EQ(changed.WantRetention(1'000'000).Fold().retention_permille, limits::kMaxRetentionPermille);
}

TEST(Fold, ALearnerWhoIsErasedWantsNothing) {
  events::v1::GoalSet goal;
  goal.set_roadmap_id("maths");
  LearnerState state = History().WantRetention(800).SetGoal(goal).Pin({"trees"}).Fold();
  events::v1::LearnerEvent erased;
  erased.set_learner_id(state.learner_id);
  erased.mutable_learner_erased();
  Fold(SampleModels(), erased, state);
  EXPECT_EQ(*state.kept, KeptTrack());
  EXPECT_EQ(state.retention_permille, limits::kDefaultRetentionPermille);
}

TEST(Fold, AnUnknownKindOfEventOnlyMovesOn) {
  events::v1::LearnerEvent event;
  event.set_learner_seq(1);
  LearnerState state;
  Fold(SampleModels(), event, state);
  EXPECT_EQ(state.applied_seq, 1);
  EXPECT_TRUE(state.concepts.empty());
}

TEST(Fold, WhatAHostileClientSaysOfTimeDoesNoHarm) {
  events::v1::LearnerEvent event = History().Review("vectors", 1, events::v1::CARD_RATING_GOOD).events()[0];
  event.mutable_occur_time()->set_seconds(INT64_MAX);
  LearnerState state;
  Fold(SampleModels(), event, state);
  event.mutable_occur_time()->set_seconds(INT64_MIN);
  Fold(SampleModels(), event, state);
  EXPECT_LE(state.Find(KeyOf("vectors"))->last_activity_ms, limits::kMaxReviewMs);
}

TEST(EventIds, AreUuidsOrNothing) {
  const std::string text = "0192d3c4-5e6f-7a8b-9cad-beef01234567";
  EXPECT_EQ(FormatEventId(ParseEventId(text)), text);
  for (const std::string& bad :
       {std::string(), text.substr(1), text + "0", "g" + text.substr(1), std::string(36, '-')}) {
    EXPECT_EQ(ParseEventId(bad), EventId()) << bad;
  }
}

// Memory, as FSRS-6 with its defaults has it.
TEST(Recalls, MasteryPlansTheFirstReviewDaysLater) {
  const ConceptState state = Of(History().Learn("vectors"), "vectors");
  EXPECT_TRUE(state.mastered);
  EXPECT_EQ(state.recall.due_ms, Ms(Noon() + 2 * kDay)) << "a stability of 2.3 days";
}

TEST(Recalls, ARightAnswerWhenDuePutsTheNextFurtherAwayAndAWrongOneNearer) {
  History right, wrong;
  right.Learn("vectors").After(2 * kDay).Answer("vectors", 1, true);
  wrong.Learn("vectors").After(2 * kDay).Answer("vectors", 1, false);
  EXPECT_GE(Of(right, "vectors").recall.due_ms, Ms(right.now() + 7 * kDay));
  EXPECT_LE(Of(wrong, "vectors").recall.due_ms, Ms(wrong.now() + 2 * kDay));
}

TEST(Recalls, CardsHaveMemoriesOfTheirOwn) {
  History history;
  history.Review("vectors", 1, events::v1::CARD_RATING_EASY).Review("vectors", 2, events::v1::CARD_RATING_AGAIN);
  const ConceptState state = Of(history, "vectors");
  ASSERT_EQ(state.cards.size(), 2u);
  EXPECT_GE(state.cards[0].recall.due_ms, Ms(Noon() + 7 * kDay));
  EXPECT_EQ(state.cards[1].recall.due_ms, Ms(Noon() + absl::Minutes(1))) << "its first learning step";
  EXPECT_FALSE(state.recall.planned()) << "the concept is not mastered";
}

TEST(Recalls, TimeOfAConceptNeverRunsBackwards) {
  History history;
  history.Learn("vectors").After(-absl::Hours(100)).Answer("vectors", 1, true);
  EXPECT_GE(Of(history, "vectors").recall.due_ms, Ms(Noon() + kDay));
}

TEST(Fold, AReviewWithoutASubmissionDecidesAndAnotherDoesNot) {
  History history;
  events::v1::LearnerEvent review = history.Submit("essay").events().back();
  review.set_learner_seq(2);
  review.mutable_milestone_reviewed()->set_milestone_id("essay");
  review.mutable_milestone_reviewed()->set_verdict(events::v1::REVIEW_VERDICT_APPROVED);
  review.mutable_milestone_reviewed()->set_submission_id("0192d3c4-5e6f-7a8b-9cad-beef01234567");
  LearnerState state = history.Fold();
  Fold(SampleModels(), review, state);
  EXPECT_EQ(state.FindMilestone(KeyOf("essay"))->standing, MilestoneStanding::kHandedIn) << "the decision follows";
  review.mutable_milestone_reviewed()->clear_submission_id();
  Fold(SampleModels(), review, state);
  EXPECT_EQ(state.FindMilestone(KeyOf("essay"))->standing, MilestoneStanding::kApproved);
  EXPECT_EQ(state.FindMilestone(KeyOf("poem")), nullptr);
}

}  // namespace
}  // namespace edirae::recommend
