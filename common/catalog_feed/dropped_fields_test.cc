#include "common/catalog_feed/dropped_fields.h"

#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_feed {
namespace {

using ::edirae::testing::StatusIs;

catalog::v1::RevisionContent Sample() {
  catalog::v1::RevisionContent content;
  auto& keyed = *content.add_questions();
  keyed.mutable_question()->set_question_id("a.b");
  keyed.mutable_question()->set_prompt("Which?");
  keyed.mutable_question()->add_concept_ids("a");
  keyed.mutable_question()->add_concept_ids("c");
  keyed.mutable_key()->add_correct_choice_ids("x");
  content.add_flashcards()->set_card_id("a.card");
  return content;
}

catalog::v1::RevisionContent Without(const DroppedFields& dropped) {
  std::string bytes;
  EXPECT_OK(dropped.Cut(Sample().SerializeAsString(), bytes));
  catalog::v1::RevisionContent content;
  EXPECT_TRUE(content.ParseFromString(bytes));
  return content;
}

TEST(DroppedFields, AreNoneByDefault) {
  EXPECT_EQ(Without({}).SerializeAsString(), Sample().SerializeAsString());
  EXPECT_EQ(DroppedFields().Find(catalog::v1::RevisionContent::kQuestionsFieldNumber), nullptr);
}

TEST(DroppedFields, AreThoseThatPathsName) {
  catalog::v1::RevisionContent expected = Sample();
  expected.mutable_questions(0)->clear_key();
  expected.mutable_questions(0)->mutable_question()->clear_prompt();
  EXPECT_EQ(Without({"questions.key", "questions.question.prompt"}).SerializeAsString(), expected.SerializeAsString());
  expected.clear_questions();
  EXPECT_EQ(Without({"questions"}).SerializeAsString(), expected.SerializeAsString());
}

TEST(DroppedFields, TellsPartOfAListFromAllOfIt) {
  const DroppedFields dropped = {"questions.key", "flashcards"};
  ASSERT_NE(dropped.Find(catalog::v1::RevisionContent::kQuestionsFieldNumber), nullptr);
  EXPECT_FALSE(dropped.Find(catalog::v1::RevisionContent::kQuestionsFieldNumber)->all());
  EXPECT_TRUE(dropped.Find(catalog::v1::RevisionContent::kFlashcardsFieldNumber)->all());
  EXPECT_EQ(dropped.Find(catalog::v1::RevisionContent::kLessonsFieldNumber), nullptr);
}

TEST(DroppedFields, RefuseWhatIsNoMessage) {
  std::string bytes;
  EXPECT_THAT(DroppedFields({"questions.key"}).Cut("\xff\xff", bytes), StatusIs(absl::StatusCode::kInternal));
}

TEST(DroppedFieldsDeathTest, AbortForAFieldThatThereIsNot) {
  EXPECT_DEATH(DroppedFields({"questions.answer"}), "a revision has no field questions.answer");
}

}  // namespace
}  // namespace edirae::catalog_feed
