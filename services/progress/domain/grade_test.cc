#include "services/progress/domain/grade.h"

#include <string>
#include <vector>

#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

using edirae::testing::StatusIs;

catalog::v1::Reply ReplyOf(const std::vector<std::string>& choices) {
  catalog::v1::Reply reply;
  reply.mutable_choice();
  for (const auto& choice : choices) reply.mutable_choice()->add_choice_ids(choice);
  return reply;
}

struct Case {
  std::string name;
  std::string question_id;
  std::vector<std::string> choices;
  std::string reason;  // empty: graded
  bool correct = false;
};

class GradeTable : public ::testing::TestWithParam<Case> {};

TEST_P(GradeTable, Grades) {
  const auto index = TestIndex();
  const auto* question = index->FindQuestion(GetParam().question_id);
  ASSERT_NE(question, nullptr);
  const auto graded = Grade(*question->content, ReplyOf(GetParam().choices));
  if (GetParam().reason.empty()) {
    ASSERT_OK(graded);
    EXPECT_EQ(graded->correct, GetParam().correct);
  } else {
    EXPECT_THAT(graded, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_EQ(ErrorInfoOf(graded.status()).reason(), GetParam().reason);
  }
}

INSTANTIATE_TEST_SUITE_P(Replies, GradeTable,
                         ::testing::Values(Case{"Right", "vectors.q1", {"right"}, "", true},
                                           Case{"Wrong", "vectors.q1", {"wrong"}, "", false},
                                           Case{"NothingChosen", "vectors.q1", {}, "WRONG_REPLY"},
                                           Case{"TwoForSingle", "vectors.q1", {"right", "wrong"}, "WRONG_REPLY"},
                                           Case{"UnknownChoice", "vectors.q1", {"else"}, "UNKNOWN_CHOICE"},
                                           Case{"SeveralAll", "several.q1", {"a", "c"}, "", true},
                                           Case{"SeveralInAnyOrder", "several.q1", {"c", "a"}, "", true},
                                           Case{"SeveralTooFew", "several.q1", {"a"}, "", false},
                                           Case{"SeveralTooMany", "several.q1", {"a", "b", "c"}, "", false},
                                           Case{"SeveralOther", "several.q1", {"a", "b"}, "", false},
                                           Case{"SeveralNone", "several.q1", {}, "WRONG_REPLY"},
                                           Case{"SeveralRepeated", "several.q1", {"a", "a"}, "WRONG_REPLY"},
                                           Case{"SeveralUnknown", "several.q1", {"a", "z"}, "UNKNOWN_CHOICE"}),
                         [](const auto& tested) { return tested.param.name; });

TEST(Grade, RefusesAReplyOfAnotherForm) {
  const auto index = TestIndex();
  EXPECT_THAT(Grade(*index->FindQuestion("vectors.q1")->content, catalog::v1::Reply()),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Grade, GivesTheFeedbackOfTheChoicesMade) {
  const auto index = TestIndex();
  const auto& question = *index->FindQuestion("vectors.q1")->content;
  EXPECT_EQ(Grade(question, ReplyOf({"right"}))->feedback.size(), 0);
  const auto graded = Grade(question, ReplyOf({"wrong"}));
  ASSERT_EQ(graded->feedback.size(), 1);
  EXPECT_EQ(graded->feedback[0]->text(), "a common mistake");
}

}  // namespace
}  // namespace edirae::progress
