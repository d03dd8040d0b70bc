#include "cli/client/advice_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "cli/client/render_advice.h"
#include "common/testing/status_matchers.h"

namespace edirae::cli {
namespace {

using edirae::testing::StatusIs;
using ::testing::HasSubstr;

TEST(Hypotheses, AreAQuestionAnOutcomeAndPerhapsATime) {
  const auto now = ParseHypothesis("bayes.coin=right");
  ASSERT_OK(now);
  EXPECT_EQ(now->question_id(), "bayes.coin");
  EXPECT_TRUE(now->correct());
  EXPECT_EQ(now->after_hours(), 0);
  const auto later = ParseHypothesis("bayes.coin=wrong@24");
  ASSERT_OK(later);
  EXPECT_FALSE(later->correct());
  EXPECT_EQ(later->after_hours(), 24);
}

TEST(Hypotheses, NothingElseIsOne) {
  for (const char* bad :
       {"", "bayes.coin", "bayes.coin=", "bayes.coin=maybe", "=right", "bayes.coin=right@", "bayes.coin=right@soon"}) {
    EXPECT_THAT(ParseHypothesis(bad), StatusIs(absl::StatusCode::kInvalidArgument)) << bad;
  }
}

TEST(RenderAdvice, ShowsASessionInOrderWithMinutesAndReasons) {
  learn::v1::PlanSessionResponse response;
  response.mutable_session()->set_summary("25 minutes: 1 review");
  response.mutable_session()->mutable_goal()->set_explanation("7 concepts are left for your goal, Analyst.");
  auto& item = *response.mutable_session()->add_items();
  item.set_kind(recommend::v1::SESSION_ITEM_KIND_CARD);
  item.set_card_id("bayes.c1");
  item.set_minutes(1);
  item.set_explanation("It is due.");
  std::ostringstream out;
  PrintSession(out, Style(false), response);
  EXPECT_THAT(out.str(), HasSubstr("25 minutes: 1 review"));
  EXPECT_THAT(out.str(), HasSubstr("→ 7 concepts are left for your goal, Analyst."));
  EXPECT_THAT(out.str(), HasSubstr("1 min  card bayes.c1"));
  EXPECT_THAT(out.str(), HasSubstr("It is due."));
}

TEST(RenderAdvice, NextStepsBeginWithTheGoalWhenThereIsOne) {
  const auto printed = [](const recommend::v1::NextSteps& steps) {
    std::ostringstream out;
    PrintNextSteps(out, Style(false), steps);
    return out.str();
  };
  recommend::v1::NextSteps steps;
  EXPECT_EQ(printed(steps), "Next steps  as of event 0\n  none\n");
  steps.mutable_goal()->set_reached(true);
  steps.mutable_goal()->set_explanation("You have reached your goal, Analyst.");
  EXPECT_EQ(printed(steps), "Next steps  as of event 0\n  ★ You have reached your goal, Analyst.\n  none\n");
}

TEST(RenderAdvice, ShowsWhatAPredictionComesFrom) {
  learn::v1::ExplainResponse response;
  auto& explanation = *response.mutable_explanation();
  explanation.set_concept_id("bayes");
  explanation.set_question_id("bayes.coin");
  explanation.set_success_chance(0.731);
  auto& factor = *explanation.add_factors();
  factor.set_kind(recommend::v1::FACTOR_KIND_ABILITY);
  factor.set_log_odds(1);
  factor.set_text("You answered 3 of 4 right on everything.");
  std::ostringstream out;
  PrintExplanation(out, Style(false), response);
  EXPECT_THAT(out.str(), HasSubstr("bayes.coin is 73 %"));
  EXPECT_THAT(out.str(), HasSubstr("+1.00  ability     You answered 3 of 4 right on everything."));
}

}  // namespace
}  // namespace edirae::cli
