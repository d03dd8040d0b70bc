#include "cli/client/reply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace edirae::cli {
namespace {

using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

catalog::v1::Question OfKind(catalog::v1::QuestionKind kind) {
  catalog::v1::Question question;
  question.set_kind(kind);
  return question;
}

const catalog::v1::Question kSeveral = OfKind(catalog::v1::QUESTION_KIND_SEVERAL_CHOICE);
const catalog::v1::Question kNumeric = OfKind(catalog::v1::QUESTION_KIND_NUMERIC);
const catalog::v1::Question kText = OfKind(catalog::v1::QUESTION_KIND_SHORT_TEXT);
const catalog::v1::Question kOrdering = OfKind(catalog::v1::QUESTION_KIND_ORDERING);

TEST(ParseReply, TakesIdsBetweenBlanksAndCommas) {
  EXPECT_THAT(ParseReply(kSeveral, {"a", "c"})->choice().choice_ids(), ElementsAre("a", "c"));
  EXPECT_THAT(ParseReply(kSeveral, {"a, c"})->choice().choice_ids(), ElementsAre("a", "c"));
  EXPECT_THAT(ParseReply(kOrdering, {"b,a,c"})->order().choice_ids(), ElementsAre("b", "a", "c"));
}

TEST(ParseReply, TakesNumbersAsTheyAreTyped) {
  EXPECT_EQ(ParseReply(kNumeric, {"-1.4"})->number().value(), -1.4);
  EXPECT_EQ(ParseReply(kNumeric, {"−1.4"})->number().value(), -1.4);
  EXPECT_EQ(ParseReply(kNumeric, {" 2e3 "})->number().value(), 2000);
}

TEST(ParseReply, KeepsTextsWhole) {
  EXPECT_EQ(ParseReply(kText, {"gradient", "descent"})->text().text(), "gradient descent");
}

TEST(ParseReply, SaysWhatIsExpected) {
  for (const char* bad : {"much", "1,4", "nan", "inf", "1e999", "", "1.4 percent"}) {
    EXPECT_THAT(ParseReply(kNumeric, {bad}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("a number")))
        << bad;
  }
  EXPECT_THAT(ParseReply(kOrdering, {","}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("right order")));
  EXPECT_THAT(ParseReply(kText, {}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("words")));
}

TEST(ReplyInWords, IsWhatParseReplyTakes) {
  for (const auto& [question, typed] : std::vector<std::pair<catalog::v1::Question, std::string>>{
           {kSeveral, "a,c"}, {kNumeric, "-1.25"}, {kText, "two words"}, {kOrdering, "b,a"}}) {
    EXPECT_EQ(ReplyInWords(*ParseReply(question, {typed})), typed);
  }
}

TEST(SomeReply, HasTheFormOfTheQuestion) {
  catalog::v1::Question ordering = kOrdering;
  for (const char* id : {"a", "b", "c"}) ordering.add_choices()->set_choice_id(id);
  EXPECT_THAT(SomeReply(ordering, 4).order().choice_ids(), ElementsAre("b", "c", "a"));
  EXPECT_TRUE(SomeReply(kNumeric, 7).has_number());
  EXPECT_FALSE(SomeReply(kText, 7).text().text().empty());
}

}  // namespace
}  // namespace edirae::cli
