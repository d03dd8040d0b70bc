#include "absl/strings/str_cat.h"
#include "services/catalog/adapters/content_files.h"

namespace edirae::catalog {
namespace {

Path RightChoices(const Path& keyed_path) { return keyed_path.Field("key").Field("correct_choice_ids"); }

// `path` is that of the keyed question: what learners see lies under `question`, the rest under `key`.
void ReadChoice(const YamlNode& node, const std::string& file, const Path& path, size_t index, LoadReport& report,
                v1::KeyedQuestion& keyed) {
  const Path feedback_path = path.Field("key").Field("feedback", index);
  MapReader reader(node, file, path.Field("question").Field("choices", index), "the choice", report);
  v1::Choice& choice = *keyed.mutable_question()->add_choices();
  choice.set_choice_id(reader.Text("id", "choice_id"));
  choice.set_text(reader.Text("text", "text"));
  if (reader.Flag("correct", "correct")) keyed.mutable_key()->add_correct_choice_ids(choice.choice_id());
  if (report.sources.IsBroken(reader.path().Field("correct"))) report.sources.MarkBroken(RightChoices(path));
  v1::ChoiceFeedback& feedback = *keyed.mutable_key()->add_feedback();
  feedback.set_choice_id(choice.choice_id());
  feedback.set_text(reader.Text("feedback", "feedback"));
  reader.SamePlace("feedback", feedback_path);
}

void ReadQuestion(const YamlNode& node, const std::string& file, const std::string& concept_id, const Path& path,
                  LoadReport& report, v1::KeyedQuestion& keyed) {
  MapReader reader(node, file, path.Field("question"), "the question", report);
  report.sources.Put(path, {file, node.line, node.column});
  v1::Question& question = *keyed.mutable_question();
  question.set_question_id(absl::StrCat(concept_id, ".", reader.Text("id", "question_id")));
  question.add_concept_ids(concept_id);
  for (std::string& id : reader.Texts("also_concepts", "concept_ids", Need::kOptional, 1)) {
    question.add_concept_ids(std::move(id));
  }
  question.set_kind(
      static_cast<v1::QuestionKind>(reader.Named("kind", "kind", *v1::QuestionKind_descriptor(), "QUESTION_KIND_")));
  question.set_difficulty(static_cast<v1::Difficulty>(
      reader.Named("difficulty", "difficulty", *v1::Difficulty_descriptor(), "DIFFICULTY_")));
  question.set_prompt(reader.Text("prompt", "prompt"));
  reader.Each("choices", "choices", Need::kRequired,
              [&](const YamlNode& choice, size_t i) { ReadChoice(choice, file, path, i, report, keyed); });
  reader.SamePlace("choices", RightChoices(path));
  keyed.mutable_key()->set_explanation(reader.Text("explanation", "explanation"));
  reader.SamePlace("explanation", path.Field("key").Field("explanation"));
}

void ReadFlashcard(const YamlNode& node, const std::string& file, const std::string& concept_id, const Path& path,
                   LoadReport& report, v1::Flashcard& card) {
  MapReader reader(node, file, path, "the flashcard", report);
  card.set_card_id(absl::StrCat(concept_id, ".", reader.Text("id", "card_id")));
  card.set_concept_id(concept_id);
  card.set_front(reader.Text("front", "front"));
  card.set_back(reader.Text("back", "back"));
}

}  // namespace

void ReadConceptFile(const ContentFile& file, const std::string& id, const Path& path, LoadReport& report,
                     v1::Concept& taught, v1::RevisionContent& content) {
  MapReader reader(file.root, file.name, path, "the concept", report);
  ReadOwnId(reader, file.root, "concept_id", id);
  taught.set_title(reader.Text("title", "title"));
  taught.set_summary(reader.Text("summary", "summary"));
  for (std::string& prerequisite : reader.Texts("prerequisites", "prerequisite_ids", Need::kOptional)) {
    taught.add_prerequisite_ids(std::move(prerequisite));
  }
  taught.set_optional(reader.Flag("optional", "optional"));
  taught.set_estimated_minutes(reader.Small("estimated_minutes", "estimated_minutes"));
  if (const YamlNode* criterion = reader.Map("mastery_criterion", "mastery_criterion", Need::kOptional)) {
    ReadCriterion(*criterion, file.name, path.Field("mastery_criterion"), report, *taught.mutable_mastery_criterion());
  }
  // The place of the list stands for how many questions there are.
  reader.Each("questions", "question_count", Need::kRequired, [&](const YamlNode& node, size_t) {
    const Path question = Path().Field("questions", static_cast<size_t>(content.questions_size()));
    ReadQuestion(node, file.name, id, question, report, *content.add_questions());
  });
  reader.Each("flashcards", "flashcard_count", Need::kOptional, [&](const YamlNode& node, size_t) {
    const Path card = Path().Field("flashcards", static_cast<size_t>(content.flashcards_size()));
    ReadFlashcard(node, file.name, id, card, report, *content.add_flashcards());
  });
}

}  // namespace edirae::catalog
