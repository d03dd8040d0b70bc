// What goal and pins do to suggestions, sessions and explanations.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/choosing/agenda.h"
#include "services/recommend/domain/choosing/concept_explanation.h"
#include "services/recommend/domain/choosing/session_plan.h"
#include "services/recommend/domain/choosing/suggestions.h"
#include "services/recommend/domain/choosing/what_if.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend::choosing {
namespace {

using recommend::testing::History;
using recommend::testing::Noon;
using recommend::testing::SampleModels;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

// Of the sample: basics are 0 vectors, 1 matrices (after vectors), 2 history (optional); models are 3 regression (after
// both), 4 trees (after regression).
CourseIndex Maths() {
  CourseIndex course = recommend::testing::SampleCourse();
  course.title = "Mathematics";
  return course;
}

// In which the gate of the basics asks for history too, on which nothing builds.
CourseIndex MathsWithHistory() {
  CourseIndex course = Maths();
  course.concepts[2].optional = false;
  return course;
}

events::v1::GoalSet GoalOf(const std::vector<std::string>& concept_ids) {
  events::v1::GoalSet goal;
  for (const std::string& id : concept_ids) goal.mutable_concepts()->add_concept_ids(id);
  goal.set_hours_per_week(5);
  return goal;
}

// A learner who wishes what their history says, on a course.
class Wisher {
 public:
  explicit Wisher(const History& history, const CourseIndex& course = Maths(), absl::Duration later = {})
      : state_(history.Fold()),
        course_(course),
        now_(history.now() + later),
        wishes_(wishing::WishesOf(*state_.kept, state_.known, course_)) {}

  LearnerView View() const {
    return LearnerView(SampleModels(), state_, course_, now_, wishes_.has_value() ? &*wishes_ : nullptr);
  }
  Advice Advise(int max = 10) const { return Suggest(View(), max); }
  // "LEARN vectors GOAL": what is suggested, and why.
  std::vector<std::string> Told(int max = 10) const {
    std::vector<std::string> told;
    for (const v1::Suggestion& it : Advise(max).suggestions) {
      told.push_back(absl::StrCat(v1::StepKind_Name(it.kind()).substr(10), " ",
                                  it.concept_id().empty() ? it.stage_id() : it.concept_id(), " ",
                                  v1::ReasonCode_Name(it.reason()).substr(12)));
      for (const int further : it.further_reasons()) {
        absl::StrAppend(&told.back(), " ", v1::ReasonCode_Name(static_cast<v1::ReasonCode>(further)).substr(12));
      }
    }
    return told;
  }
  std::string Explained(int position) const { return ExplainConcept(View(), position).explanation().explanation(); }
  const LearnerState& state() const { return state_; }
  const CourseIndex& course() const { return course_; }
  absl::Time now() const { return now_; }
  const wishing::Wishes* wishes() const { return wishes_.has_value() ? &*wishes_ : nullptr; }

 private:
  const LearnerState state_;
  const CourseIndex course_;
  const absl::Time now_;
  const std::optional<wishing::Wishes> wishes_;
};

TEST(GoalSuggestions, AreWhatTheGoalNeedsAndNothingElse) {
  const Wisher ada(History().SetGoal(GoalOf({"history"})));
  EXPECT_THAT(ada.Told(), ElementsAre("LEARN history GOAL")) << "optional in the curriculum, and wished for";
  const Advice advice = ada.Advise();
  EXPECT_EQ(advice.suggestions[0].explanation(), "History is your goal; 1 concept is left.");
  ASSERT_TRUE(advice.goal.has_value());
  EXPECT_EQ(advice.goal->title(), "History");
  EXPECT_EQ(advice.goal->left_count(), 1);
  EXPECT_FALSE(advice.goal->reached());
  EXPECT_EQ(advice.goal->explanation(), "1 concept is left for your goal, History. History is next.");
}

TEST(GoalSuggestions, SayWhatTheGoalNeedsAConceptFor) {
  const Wisher ada(History().Answer("matrices", 1, true).SetGoal(GoalOf({"trees", "history"})));
  EXPECT_THAT(ada.Told(),
              ElementsAre("LEARN vectors GOAL", "PRACTISE matrices IN_PROGRESS GOAL", "LEARN history GOAL"));
  const auto steps = ada.Advise().suggestions;
  EXPECT_EQ(steps[0].explanation(), "Your goal, Trees and History, needs Vectors; 5 concepts are left.");
  EXPECT_EQ(steps[1].explanation(),
            "You answered 1 of 1 right on Matrices; 1 of 3 different questions is right so far. Your goal, Trees and "
            "History, needs it.");
  EXPECT_EQ(steps[2].explanation(), "History is part of your goal, Trees and History; 5 concepts are left.");
}

// By the place of each event in the history.
std::vector<std::string> IdsOf(const History& history, const std::vector<size_t>& places) {
  std::vector<std::string> ids;
  for (const size_t place : places) ids.push_back(history.events()[place].event_id());
  return ids;
}

TEST(GoalSuggestions, HaveTheWishAmongTheirEvidenceInTheOrderOfTime) {
  History history;
  history.SetGoal(GoalOf({"matrices"})).Pin({"history"});
  EXPECT_THAT(SuggestionFor(Wisher(history).View(), 0)->evidence_event_ids(), ElementsAreArray(IdsOf(history, {0})));
  EXPECT_THAT(SuggestionFor(Wisher(history).View(), 2)->evidence_event_ids(), ElementsAreArray(IdsOf(history, {1})));

  history.Answer("vectors", 1, false).After(absl::Hours(1)).SetGoal(GoalOf({"matrices"})).After(absl::Hours(1));
  history.Answer("vectors", 2, false);
  const auto begun = SuggestionFor(Wisher(history).View(), 0);
  EXPECT_THAT(begun->evidence_event_ids(), ElementsAreArray(IdsOf(history, {2, 3, 4}))) << begun->DebugString();
  EXPECT_THAT(ExplainConcept(Wisher(history).View(), 0).explanation().evidence_event_ids(),
              ElementsAreArray(IdsOf(history, {2, 3, 4})));
  for (int more = 0; more < 8; ++more) history.Answer("vectors", 1 + more % 2, false);
  history.After(absl::Hours(24));  // enough for one day
  EXPECT_THAT(SuggestionFor(Wisher(history).View(), 0)->evidence_event_ids(),
              ElementsAreArray(IdsOf(history, {3, 6, 7, 8, 9, 10, 11, 12})))
      << "no more than eight";
  EXPECT_THAT(ExplainConcept(Wisher(history).View(), 1).explanation().evidence_event_ids(),
              ElementsAreArray(IdsOf(history, {3})))
      << "on the way, and not to be learned yet";
  EXPECT_THAT(ExplainConcept(Wisher(history).View(), 3).explanation().evidence_event_ids(), IsEmpty());
}

TEST(GoalSuggestions, GatesHold) {
  const Wisher ada(History().Learn("vectors").Learn("matrices").SetGoal(GoalOf({"regression"})));
  EXPECT_THAT(ada.Told(), ElementsAre("ADVANCE basics STAGE_COMPLETE", "LEARN history BEYOND_GOAL"))
      << "regression is behind the gate";
  EXPECT_EQ(ada.Advise().goal->explanation(),
            "1 concept is left for your goal, Regression. The gate of “The Basics” comes first.");
  EXPECT_EQ(ada.Advise().suggestions[1].explanation(),
            "Nothing of your goal, Regression, can be done now. History is open to you, and optional in “The Basics”; "
            "it needs no other concept first.");
  EXPECT_THAT(Wisher(History().SetGoal(GoalOf({"trees"}))).Told(), ElementsAre("LEARN vectors GOAL"))
      << "what has no prerequisite missing";
}

TEST(GoalSuggestions, WhatTheGateAsksForComesAfterWhatTheGoalNeeds) {
  const Wisher ada(History().SetGoal(GoalOf({"trees"})), MathsWithHistory());
  EXPECT_THAT(ada.Told(), ElementsAre("LEARN vectors GOAL", "LEARN history GATE"));
  EXPECT_EQ(ada.Advise().suggestions[1].explanation(),
            "The gate of “The Basics” asks for History, and your goal, Trees, goes on behind it.");
  EXPECT_EQ(ada.Advise().goal->gate_concept_count(), 1);
  EXPECT_EQ(ada.Advise().goal->explanation(),
            "4 concepts are left for your goal, Trees, and 1 more that gates on the way ask for. Vectors is next.");
  const Wisher near(History().SetGoal(GoalOf({"matrices"})), MathsWithHistory());
  EXPECT_THAT(near.Told(), ElementsAre("LEARN vectors GOAL")) << "the goal is before the gate";
  EXPECT_EQ(near.Advise().goal->gate_concept_count(), 0);
}

TEST(GoalSuggestions, WhatIsSaidToBeKnownIsToBeShown) {
  History history;
  history.SetGoal(GoalOf({"trees"})).Declare("vectors", events::v1::PRIOR_KNOWLEDGE_GOOD);
  const Wisher ada(history);
  EXPECT_THAT(ada.Told(), ElementsAre("LEARN vectors SAID_TO_BE_KNOWN")) << "matrices build on it";
  EXPECT_EQ(ada.Advise().suggestions[0].explanation(),
            "You say that you know Vectors, and have not shown it yet: your goal, Trees, builds on it.");
  const auto session = PlanSession(ada.View(), 25);
  EXPECT_EQ(session.new_concept_count(), 0) << "no lesson on what is known";
  EXPECT_EQ(session.question_count(), 3);

  history.Declare("history", events::v1::PRIOR_KNOWLEDGE_GOOD).Learn("vectors");
  EXPECT_THAT(Wisher(history, MathsWithHistory()).Told(),
              ElementsAre("LEARN matrices GOAL", "LEARN history SAID_TO_BE_KNOWN"));
  EXPECT_THAT(Wisher(history).Told(), ElementsAre("LEARN matrices GOAL")) << "no gate waits for what is optional";
}

TEST(GoalSuggestions, PutPinsFirstWithWhatTheyNeed) {
  History history;
  history.SetGoal(GoalOf({"matrices"})).Pin({"history"});
  const Wisher ada(history);
  EXPECT_THAT(ada.Told(), ElementsAre("LEARN history PINNED", "LEARN vectors GOAL"));
  EXPECT_EQ(ada.Advise().suggestions[0].explanation(), "You have pinned History.");
  history.Pin({"regression", "history"});
  EXPECT_THAT(Wisher(history).Told(), ElementsAre("LEARN vectors PINNED", "LEARN history PINNED"))
      << "those behind the gate are not given out, what they need is";
  EXPECT_EQ(Wisher(history).Advise().suggestions[0].explanation(), "Regression, which you have pinned, needs Vectors.");
}

TEST(GoalSuggestions, PinsWithoutAGoalLeaveTheRestInItsOrder) {
  const Wisher ada(History().Pin({"history"}));
  EXPECT_THAT(ada.Told(), ElementsAre("LEARN history PINNED", "LEARN vectors FRONTIER"));
  EXPECT_FALSE(ada.Advise().goal.has_value());
}

TEST(GoalSuggestions, APinWaitsForItsWeek) {
  History history;  // the goal's weeks begin on the day of Noon(), the 15th: that of the 27th begins on the 22nd
  history.SetGoal(GoalOf({"vectors", "history"})).Pin({"vectors"}, absl::CivilDay(2027, 1, 27));
  const Wisher early(history);
  EXPECT_THAT(early.Told(), ElementsAre("LEARN history GOAL"));
  EXPECT_EQ(early.Explained(0), "You have pinned Vectors to the week of 2027-01-27: it comes then.");
  EXPECT_EQ(early.Advise().next_due, absl::FromCivil(absl::CivilDay(2027, 1, 22), absl::UTCTimeZone()));
  const Wisher then(history, Maths(), early.Advise().next_due - early.now());
  EXPECT_THAT(then.Told(), ElementsAre("LEARN vectors PINNED", "LEARN history GOAL"));
  EXPECT_EQ(then.Advise().suggestions[0].explanation(), "You have pinned Vectors to the week of 2027-01-27.");
}

TEST(GoalSuggestions, ReviewsKeepTheirPlace) {
  History history;
  history.Learn("vectors").Learn("matrices").SetGoal(GoalOf({"history"}));
  const Wisher ada(history, Maths(), absl::Hours(24 * 5));
  EXPECT_THAT(ada.Told(3),
              ElementsAre("ADVANCE basics STAGE_COMPLETE", "REVIEW vectors REVIEW_DUE", "REVIEW matrices REVIEW_DUE"));
  EXPECT_THAT(ada.Told(4), ElementsAre("ADVANCE basics STAGE_COMPLETE", "REVIEW vectors REVIEW_DUE",
                                       "REVIEW matrices REVIEW_DUE", "LEARN history GOAL"));
}

TEST(GoalSuggestions, WhenTheGoalIsReachedTheRoadmapGoesOn) {
  const Wisher ada(History().Learn("history").SetGoal(GoalOf({"history"})));
  EXPECT_THAT(ada.Told(), ElementsAre("LEARN vectors FRONTIER"));
  ASSERT_TRUE(ada.Advise().goal.has_value());
  EXPECT_TRUE(ada.Advise().goal->reached());
  EXPECT_EQ(ada.Advise().goal->left_count(), 0);
  EXPECT_EQ(ada.Advise().goal->explanation(),
            "You have reached your goal, History; what follows is the rest of the roadmap.");
}

TEST(GoalSuggestions, WhatIsOnlySaidToBeKnownIsNotCalledReached) {
  const Wisher ada(History().SetGoal(GoalOf({"history"})).Declare("history", events::v1::PRIOR_KNOWLEDGE_GOOD));
  EXPECT_THAT(ada.Told(), ElementsAre("LEARN vectors FRONTIER", "LEARN history FRONTIER"));
  EXPECT_TRUE(ada.Advise().goal->reached()) << "as its track has it";
  EXPECT_EQ(ada.Advise().goal->explanation(),
            "Nothing is left to study for your goal, History: you say that you know what you have not mastered; what "
            "follows is the rest of the roadmap.");
}

TEST(GoalSuggestions, GoOnElsewhereWhileNothingOfTheGoalCanBeDone) {
  History history;
  history.SetGoal(GoalOf({"vectors"}));
  for (int question = 1; question <= 3; ++question) history.Answer("vectors", question, false);
  const Wisher ada(history);
  EXPECT_THAT(ada.Told(), ElementsAre("LEARN history BEYOND_GOAL")) << "nothing on vectors counts before midnight";
  EXPECT_EQ(ada.Advise().goal->explanation(),
            "1 concept is left for your goal, Vectors. Nothing of it can be done now.");
}

TEST(GoalSuggestions, SayWhyWhatIsNotWishedForIsNotSuggested) {
  const Wisher ada(History().SetGoal(GoalOf({"matrices"})));
  EXPECT_EQ(ada.Explained(2), "Your goal, Matrices, does not need History, and there is more of it to do first.");
  EXPECT_EQ(ada.Explained(0), "Your goal, Matrices, needs Vectors; 2 concepts are left.");
  EXPECT_EQ(ada.Explained(1), "Matrices needs Vectors first. It is your goal.");
}

TEST(GoalSuggestions, SessionsAndWhatIfFollowTheGoalToo) {
  const Wisher ada(History().SetGoal(GoalOf({"history"})));
  const auto session = PlanSession(ada.View(), 25);
  ASSERT_FALSE(session.items().empty());
  for (const auto& item : session.items()) EXPECT_EQ(item.concept_id(), "history");
  EXPECT_EQ(session.items(0).reason(), v1::REASON_CODE_GOAL);
  EXPECT_EQ(session.goal().title(), "History");
  const auto what_if = WhatIf(
      SampleModels(), ada.state(), ada.course(), ada.now(), ada.wishes(),
      {{.position = 2, .question = &ada.course().concepts[2].questions[0], .correct = true, .at = ada.now()}}, 3);
  ASSERT_EQ(what_if.next_steps().suggestions_size(), 1);
  EXPECT_EQ(what_if.next_steps().suggestions(0).concept_id(), "history");
  EXPECT_EQ(what_if.next_steps().goal().title(), "History");
}

// Whatever happened, and whatever is wished for.
TEST(GoalSuggestions, AreOnlyWhatGatesAllowAndTheSameEachTime) {
  const std::vector<std::string> ids = {"vectors", "matrices", "history", "regression", "trees"};
  for (unsigned seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    History history = recommend::testing::RandomHistory("ada", 30, seed);
    if (seed % 3 == 0) history.Pass("basics");
    if (seed % 5 != 0) history.SetGoal(GoalOf({ids[seed % 5], ids[seed / 5 % 5]}));
    const std::string& pinned = ids[seed / 7 % 5];
    if (seed % 2 == 0) history.Pin({pinned});
    if (seed % 6 == 1) history.Pin({pinned}, absl::ToCivilDay(history.now(), absl::UTCTimeZone()) + seed / 6);
    if (seed % 4 == 0) history.Declare(ids[seed / 11 % 5], events::v1::PRIOR_KNOWLEDGE_GOOD);
    const Wisher ada(history, seed % 2 == 0 ? Maths() : MathsWithHistory(), absl::Hours(seed));
    const LearnerView view = ada.View();
    const Advice advice = ada.Advise();
    const Advice plain = Suggest(LearnerView(SampleModels(), ada.state(), ada.course(), ada.now()), 10);
    for (const v1::Suggestion& it : advice.suggestions) {
      const auto same = std::ranges::find_if(plain.suggestions, [&it](const v1::Suggestion& other) {
        return other.concept_id() == it.concept_id() && other.kind() == it.kind() && other.stage_id() == it.stage_id();
      });
      EXPECT_NE(same, plain.suggestions.end()) << it.DebugString() << "is not to be had without wishes";
      EXPECT_FALSE(it.explanation().empty());
      if (it.kind() != v1::STEP_KIND_LEARN && it.kind() != v1::STEP_KIND_PRACTISE) continue;
      const auto alone = SuggestionFor(view, view.course().positions.at(KeyOf(it.concept_id())));
      if (alone.has_value() && alone->kind() == it.kind()) {
        EXPECT_EQ(alone->SerializeAsString(), it.SerializeAsString());
      }
    }
    if (!WaitsForItsWeek(view, view.course().positions.at(KeyOf(pinned)))) {
      EXPECT_EQ(advice.suggestions.empty(), plain.suggestions.empty()) << "wishes leave nobody without a next step";
    }
    ASSERT_EQ(ada.Told(), ada.Told());
  }
}

}  // namespace
}  // namespace edirae::recommend::choosing
