#include "services/recommend/feed_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "common/guessing/guess.h"
#include "common/testing/status_matchers.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::recommend {
namespace {

using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;

constexpr int kDepth = 8;  // as deep as the content goes

// Sets every field of a message, and of those in it, to something.
void Fill(google::protobuf::Message& message, int depth = 0) {
  const auto& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const auto* field = message.GetDescriptor()->field(i);
    if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
      if (depth == kDepth) continue;
      Fill(field->is_repeated() ? *reflection.AddMessage(&message, field) : *reflection.MutableMessage(&message, field),
           depth + 1);
      continue;
    }
    switch (field->cpp_type()) {
      case google::protobuf::FieldDescriptor::CPPTYPE_STRING:
        field->is_repeated() ? reflection.AddString(&message, field, "text")
                             : reflection.SetString(&message, field, "text");
        break;
      case google::protobuf::FieldDescriptor::CPPTYPE_ENUM:
        field->is_repeated() ? reflection.AddEnumValue(&message, field, 1)
                             : reflection.SetEnumValue(&message, field, 1);
        break;
      case google::protobuf::FieldDescriptor::CPPTYPE_BOOL:
        reflection.SetBool(&message, field, true);
        break;
      case google::protobuf::FieldDescriptor::CPPTYPE_DOUBLE:
        field->is_repeated() ? reflection.AddDouble(&message, field, 1) : reflection.SetDouble(&message, field, 1);
        break;
      case google::protobuf::FieldDescriptor::CPPTYPE_INT32:
        field->is_repeated() ? reflection.AddInt32(&message, field, 1) : reflection.SetInt32(&message, field, 1);
        break;
      case google::protobuf::FieldDescriptor::CPPTYPE_INT64:
        reflection.SetInt64(&message, field, 1);
        break;
      default:
        ADD_FAILURE() << "how is " << field->full_name() << " filled?";
    }
  }
}

// The paths of all fields that are set.
void ListFields(const google::protobuf::Message& message, const std::string& prefix, std::set<std::string>& paths) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* field : fields) {
    paths.insert(prefix + field->name());
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const std::string inside = prefix + field->name() + ".";
    if (!field->is_repeated()) {
      ListFields(message.GetReflection()->GetMessage(message, field), inside, paths);
    } else if (message.GetReflection()->FieldSize(message, field) > 0) {
      ListFields(message.GetReflection()->GetRepeatedMessage(message, field, 0), inside, paths);
    }
  }
}

std::set<std::string> FieldsOf(const catalog::v1::RevisionContent& content) {
  std::set<std::string> paths;
  ListFields(content, "", paths);
  return paths;
}

catalog::v1::RevisionContent AsRecommendSeesIt(const catalog::v1::RevisionContent& content) {
  std::string bytes;
  EXPECT_OK(FieldsNeverRead().Cut(content.SerializeAsString(), bytes));
  catalog::v1::RevisionContent seen;
  EXPECT_TRUE(seen.ParseFromString(bytes));
  return seen;
}

TEST(FieldsNeverRead, LeaveWhatSuggestionsAreMadeOf) {
  catalog::v1::RevisionContent content;
  Fill(content);
  const std::set<std::string> seen = FieldsOf(AsRecommendSeesIt(content));
  EXPECT_THAT(seen, IsSupersetOf({"roadmaps.roadmap_id",
                                  "roadmaps.title",
                                  "roadmaps.career_paths.concept_ids",
                                  "roadmaps.stages.stage_id",
                                  "roadmaps.stages.title",
                                  "roadmaps.stages.milestone.milestone_id",
                                  "roadmaps.stages.milestone.estimated_minutes",
                                  "roadmaps.stages.concepts.concept_id",
                                  "roadmaps.stages.concepts.title",
                                  "roadmaps.stages.concepts.optional",
                                  "roadmaps.stages.concepts.estimated_minutes",
                                  "roadmaps.stages.concepts.prerequisite_ids",
                                  "roadmaps.stages.concepts.helpful_ids",
                                  "roadmaps.stages.concepts.mastery_criterion",
                                  "roadmaps.stages.resources.resource_id",
                                  "roadmaps.mastery_criterion",
                                  "questions.question.question_id",
                                  "questions.question.concept_ids",
                                  "questions.question.kind",
                                  "questions.question.difficulty",
                                  "questions.question.hint_count",
                                  "questions.question.choices.choice_id",
                                  "flashcards.card_id",
                                  "flashcards.concept_id",
                                  "resources.resource_id",
                                  "resources.title",
                                  "resources.concept_ids",
                                  "resources.kind",
                                  "resources.level",
                                  "resources.language_code",
                                  "resources.cost",
                                  "resources.estimated_minutes",
                                  "migrations.from_concept_id",
                                  "migrations.to_concept_ids",
                                  "migrations.into_existing"}));
}

TEST(FieldsNeverRead, AreTextsAndKeys) {
  catalog::v1::RevisionContent content;
  Fill(content);
  const std::set<std::string> seen = FieldsOf(AsRecommendSeesIt(content));
  std::set<std::string> dropped;
  for (const std::string& path : FieldsOf(content)) {
    const bool inside = path.rfind("lessons.", 0) == 0 || path.rfind("questions.key.", 0) == 0;
    if (!seen.contains(path) && !inside) dropped.insert(path);
  }
  EXPECT_THAT(dropped,
              UnorderedElementsAre("lessons", "questions.question.prompt", "questions.question.choices.text",
                                   "questions.key", "flashcards.front", "flashcards.back", "resources.summary"));
}

TEST(FieldsNeverRead, LeaveTheChanceOfAGuess) {
  catalog::v1::RevisionContent content;
  auto& question = *content.add_questions()->mutable_question();
  question.set_kind(catalog::v1::QUESTION_KIND_SINGLE_CHOICE);
  for (const char* id : {"a", "b", "c", "d"}) question.add_choices()->set_choice_id(id);
  EXPECT_EQ(GuessPermille(AsRecommendSeesIt(content).questions(0).question()), 250);
}

}  // namespace
}  // namespace edirae::recommend
