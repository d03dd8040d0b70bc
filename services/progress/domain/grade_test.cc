#include "services/progress/domain/grade.h"

#include <limits>
#include <memory>
#include <string>
#include <utility>
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

struct GradeCase {
  std::string name;
  std::string question_id;
  std::vector<std::string> choices;
  std::string reason;  // empty: graded
  bool correct = false;
};

class GradeTable : public ::testing::TestWithParam<GradeCase> {};

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
                         ::testing::Values(GradeCase{"Right", "vectors.q1", {"right"}, "", true},
                                           GradeCase{"Wrong", "vectors.q1", {"wrong"}, "", false},
                                           GradeCase{"NothingChosen", "vectors.q1", {}, "WRONG_REPLY"},
                                           GradeCase{"TwoForSingle", "vectors.q1", {"right", "wrong"}, "WRONG_REPLY"},
                                           GradeCase{"UnknownChoice", "vectors.q1", {"else"}, "UNKNOWN_CHOICE"},
                                           GradeCase{"SeveralAll", "several.q1", {"a", "c"}, "", true},
                                           GradeCase{"SeveralInAnyOrder", "several.q1", {"c", "a"}, "", true},
                                           GradeCase{"SeveralTooFew", "several.q1", {"a"}, "", false},
                                           GradeCase{"SeveralTooMany", "several.q1", {"a", "b", "c"}, "", false},
                                           GradeCase{"SeveralOther", "several.q1", {"a", "b"}, "", false},
                                           GradeCase{"SeveralNone", "several.q1", {}, "WRONG_REPLY"},
                                           GradeCase{"SeveralRepeated", "several.q1", {"a", "a"}, "WRONG_REPLY"},
                                           GradeCase{"SeveralUnknown", "several.q1", {"a", "z"}, "UNKNOWN_CHOICE"}),
                         [](const auto& tested) { return tested.param.name; });

catalog::v1::Reply Number(double value) {
  catalog::v1::Reply reply;
  reply.mutable_number()->set_value(value);
  return reply;
}

catalog::v1::Reply Text(const std::string& text) {
  catalog::v1::Reply reply;
  reply.mutable_text()->set_text(text);
  return reply;
}

catalog::v1::Reply Order(const std::vector<std::string>& ids) {
  catalog::v1::Reply reply;
  reply.mutable_order();
  for (const std::string& id : ids) reply.mutable_order()->add_choice_ids(id);
  return reply;
}

class GradeKinds : public ::testing::Test {
 protected:
  absl::StatusOr<Graded> GradeOf(const std::string& question_id, const catalog::v1::Reply& reply) const {
    return Grade(*index_->FindQuestion(question_id)->content, reply);
  }

  // What the learner is told about the reply as a whole.
  std::string Told(const std::string& question_id, const catalog::v1::Reply& reply) const {
    const auto graded = GradeOf(question_id, reply);
    if (!graded.ok()) return graded.status().ToString();
    if (graded->reply_feedback != nullptr) return graded->reply_feedback->text();
    return graded->other_feedback != nullptr ? *graded->other_feedback : "";
  }

  std::string ReasonOf(const std::string& question_id, const catalog::v1::Reply& reply) const {
    const auto graded = GradeOf(question_id, reply);
    EXPECT_THAT(graded, StatusIs(absl::StatusCode::kInvalidArgument));
    return ErrorInfoOf(graded.status()).reason();
  }

  const std::shared_ptr<const ContentIndex> index_ = TestIndex();
};

TEST_F(GradeKinds, ANumberIsRightWithinItsTolerance) {
  for (const double right : {1.4, 1.405, 1.395}) {
    const auto graded = GradeOf("number.q1", Number(right));
    EXPECT_TRUE(graded->correct) << right;
    EXPECT_EQ(graded->score, 1);
    EXPECT_EQ(Told("number.q1", Number(right)), "");
  }
  EXPECT_FALSE(GradeOf("number.q1", Number(1.4051))->correct);
  EXPECT_EQ(Told("number.q1", Number(0.604)), "you subtracted");
  EXPECT_EQ(GradeOf("number.q1", Number(0.6))->reply_feedback->misconception_id(), "mistaken");
  EXPECT_EQ(Told("number.q1", Number(-1.4)), "compute again");
}

TEST_F(GradeKinds, ATextIsRightHoweverItIsTyped) {
  for (const char* right : {"overfitting", " OVER FITTING. ", "“over-fitting”", "uberanpassung", "ÜBER-ANPASSUNG"}) {
    EXPECT_TRUE(GradeOf("word.q1", Text(right))->correct) << right;
  }
  EXPECT_EQ(Told("word.q1", Text("Under fitting!")), "the other way round");
  EXPECT_EQ(Told("word.q1", Text("fitting")), "read again");
}

TEST_F(GradeKinds, AnOrderIsRightOrWrongAndHasAScore) {
  EXPECT_TRUE(GradeOf("steps.q1", Order({"a", "b", "c", "d"}))->correct);
  EXPECT_EQ(GradeOf("steps.q1", Order({"a", "b", "c", "d"}))->score, 1);
  EXPECT_EQ(Told("steps.q1", Order({"b", "a", "c", "d"})), "a before b");
  EXPECT_EQ(Told("steps.q1", Order({"d", "c", "b", "a"})), "what comes first?");
  EXPECT_EQ(GradeOf("steps.q1", Order({"d", "c", "b", "a"}))->score, 0);
  const auto near = GradeOf("steps.q1", Order({"d", "a", "b", "c"}));
  EXPECT_FALSE(near->correct);
  EXPECT_DOUBLE_EQ(near->score, 2.0 / 3);
}

TEST_F(GradeKinds, SeveralChoicesHaveAScoreAndNoHalfRight) {
  EXPECT_EQ(GradeOf("several.q1", ReplyOf({"a", "c"}))->score, 1);
  EXPECT_EQ(GradeOf("several.q1", ReplyOf({"a"}))->score, 0.5);
  EXPECT_EQ(GradeOf("several.q1", ReplyOf({"a", "b", "c"}))->score, 0.5);
  EXPECT_EQ(GradeOf("several.q1", ReplyOf({"b"}))->score, 0);
  EXPECT_FALSE(GradeOf("several.q1", ReplyOf({"a"}))->correct);
}

TEST_F(GradeKinds, ABadReplyIsRefusedWithItsReason) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(ReasonOf("number.q1", Number(kNan)), "NUMBER_NOT_FINITE");
  EXPECT_EQ(ReasonOf("number.q1", Number(-kInfinity)), "NUMBER_NOT_FINITE");
  EXPECT_EQ(ReasonOf("word.q1", Text(std::string(801, 'x'))), "TEXT_TOO_LONG");
  EXPECT_EQ(ReasonOf("word.q1", Text("")), "WRONG_REPLY");
  EXPECT_EQ(ReasonOf("word.q1", Text(" -?! ")), "WRONG_REPLY");
  EXPECT_EQ(ReasonOf("steps.q1", Order({"a", "b", "c"})), "WRONG_REPLY");
  EXPECT_EQ(ReasonOf("steps.q1", Order({"a", "b", "c", "c"})), "WRONG_REPLY");
  EXPECT_EQ(ReasonOf("steps.q1", Order({"a", "b", "c", "x"})), "UNKNOWN_CHOICE");
  EXPECT_EQ(ReasonOf("steps.q1", Order({"a", "b", "c", "d", "a"})), "WRONG_REPLY");
  EXPECT_EQ(ReasonOf("several.q1", ReplyOf({"a", "b", "c", "a"})), "WRONG_REPLY");
}

TEST_F(GradeKinds, AReplyOfAnotherFormIsRefused) {
  const std::vector<std::pair<std::string, catalog::v1::Reply>> forms = {{"vectors.q1", ReplyOf({"right"})},
                                                                         {"number.q1", Number(1.4)},
                                                                         {"word.q1", Text("overfitting")},
                                                                         {"steps.q1", Order({"a", "b", "c", "d"})}};
  for (const auto& [question_id, own] : forms) {
    EXPECT_EQ(ReasonOf(question_id, catalog::v1::Reply()), "WRONG_REPLY");
    for (const auto& [other_id, reply] : forms) {
      if (other_id == question_id) {
        EXPECT_OK(GradeOf(question_id, reply));
      } else {
        EXPECT_EQ(ReasonOf(question_id, reply), "WRONG_REPLY") << question_id << " " << other_id;
      }
    }
  }
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
