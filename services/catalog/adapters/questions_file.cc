#include "absl/strings/str_cat.h"
#include "services/catalog/adapters/content_files.h"

namespace edirae::catalog {
namespace {

// The readers below have the path of the keyed question: what learners see lies under `question`, the rest under `key`.

Path FeedbackPath(const Path& question, size_t index) { return question.Field("key").Field("feedback", index); }

void ReadChoice(MapReader& entry, const Path& feedback_path, v1::KeyedQuestion& keyed) {
  v1::Choice& choice = *keyed.mutable_question()->add_choices();
  choice.set_choice_id(entry.Text("id", "choice_id"));
  choice.set_text(entry.Text("text", "text"));
  if (entry.Flag("correct", "correct")) keyed.mutable_key()->add_correct_choice_ids(choice.choice_id());
  v1::ChoiceFeedback& feedback = *keyed.mutable_key()->add_feedback();
  feedback.set_choice_id(choice.choice_id());
  feedback.set_text(entry.Text("feedback", "feedback"));
  entry.SamePlace("feedback", feedback_path);
  feedback.set_misconception_id(entry.Text("misconception", "misconception", Need::kOptional));
  entry.SamePlace("misconception", feedback_path.Field("misconception_id"));
}

void ReadChoices(MapReader& reader, v1::KeyedQuestion& keyed) {
  const Path right = reader.path().Field("key").Field("correct_choice_ids");
  reader.EachMap("choices", "question.choices", Need::kRequired, "the choice", [&](MapReader& entry, size_t i) {
    ReadChoice(entry, FeedbackPath(reader.path(), i), keyed);
    if (reader.report().sources.IsBroken(entry.path().Field("correct"))) reader.report().sources.MarkBroken(right);
  });
  reader.SamePlace("question.choices", right);
}

v1::ReplyFeedback ReadReplyFeedback(MapReader& entry) {
  v1::ReplyFeedback feedback;
  feedback.set_text(entry.Text("feedback", "feedback.text"));
  feedback.set_misconception_id(entry.Text("misconception", "feedback.misconception_id", Need::kOptional));
  return feedback;
}

void ReadNumeric(MapReader& reader, v1::KeyedQuestion& keyed) {
  v1::NumericKey& key = *keyed.mutable_key()->mutable_numeric();
  key.set_answer(reader.Decimal("answer", "key.numeric.answer"));
  key.set_tolerance(reader.Decimal("tolerance", "key.numeric.tolerance"));
  keyed.mutable_question()->set_unit(reader.Text("unit", "question.unit", Need::kOptional));
  reader.EachMap("wrong_answers", "key.numeric.wrong_numbers", Need::kRequired, "the wrong answer",
                 [&](MapReader& entry, size_t) {
                   v1::WrongNumber& wrong = *key.add_wrong_numbers();
                   wrong.set_value(entry.Decimal("value", "value"));
                   *wrong.mutable_feedback() = ReadReplyFeedback(entry);
                 });
  key.set_other_feedback(reader.Text("other_feedback", "key.numeric.other_feedback"));
}

void ReadShortText(MapReader& reader, v1::KeyedQuestion& keyed) {
  v1::TextKey& key = *keyed.mutable_key()->mutable_text();
  for (std::string& text : reader.Texts("accept", "key.text.accepted_texts", Need::kRequired)) {
    key.add_accepted_texts(std::move(text));
  }
  reader.EachMap("wrong_answers", "key.text.wrong_texts", Need::kOptional, "the wrong answer",
                 [&](MapReader& entry, size_t) {
                   v1::WrongTexts& wrong = *key.add_wrong_texts();
                   for (std::string& text : entry.Texts("texts", "texts", Need::kRequired)) {
                     wrong.add_texts(std::move(text));
                   }
                   *wrong.mutable_feedback() = ReadReplyFeedback(entry);
                 });
  key.set_other_feedback(reader.Text("other_feedback", "key.text.other_feedback"));
}

void ReadOrdering(MapReader& reader, v1::KeyedQuestion& keyed) {
  v1::OrderKey& key = *keyed.mutable_key()->mutable_order();
  reader.EachMap("items", "question.choices", Need::kRequired, "the item", [&](MapReader& entry, size_t i) {
    v1::Choice& choice = *keyed.mutable_question()->add_choices();
    choice.set_choice_id(entry.Text("id", "choice_id"));
    choice.set_text(entry.Text("text", "text"));
    key.add_choice_ids(choice.choice_id());
    entry.SamePlace("choice_id", reader.path().Field("key.order.choice_ids", i));
  });
  reader.SamePlace("question.choices", reader.path().Field("key.order.choice_ids"));
  reader.EachMap("wrong_orders", "key.order.wrong_orders", Need::kOptional, "the wrong order",
                 [&](MapReader& entry, size_t) {
                   v1::WrongOrder& wrong = *key.add_wrong_orders();
                   for (std::string& id : entry.Texts("order", "choice_ids", Need::kRequired)) {
                     wrong.add_choice_ids(std::move(id));
                   }
                   *wrong.mutable_feedback() = ReadReplyFeedback(entry);
                 });
  key.set_other_feedback(reader.Text("other_feedback", "key.order.other_feedback"));
}

void ReadAnswer(MapReader& reader, v1::KeyedQuestion& keyed) {
  switch (keyed.question().kind()) {
    case v1::QUESTION_KIND_SINGLE_CHOICE:
    case v1::QUESTION_KIND_SEVERAL_CHOICE:
      return ReadChoices(reader, keyed);
    case v1::QUESTION_KIND_NUMERIC:
      return ReadNumeric(reader, keyed);
    case v1::QUESTION_KIND_SHORT_TEXT:
      return ReadShortText(reader, keyed);
    case v1::QUESTION_KIND_ORDERING:
      return ReadOrdering(reader, keyed);
    default:  // the kind is wrong, which is reported; what it would ask for is not known
      reader.report().sources.MarkBroken(reader.path());
      reader.Skip({"choices", "answer", "tolerance", "unit", "accept", "items", "wrong_answers", "wrong_orders",
                   "other_feedback"});
  }
}

void ReadQuestion(const YamlNode& node, const std::string& file, const std::string& concept_id, const Path& path,
                  LoadReport& report, v1::KeyedQuestion& keyed) {
  MapReader reader(node, file, path, "the question", report);
  v1::Question& question = *keyed.mutable_question();
  question.set_question_id(absl::StrCat(concept_id, ".", reader.Text("id", "question.question_id")));
  question.add_concept_ids(concept_id);
  for (std::string& id : reader.Texts("also_concepts", "question.concept_ids", Need::kOptional, 1)) {
    question.add_concept_ids(std::move(id));
  }
  question.set_kind(reader.Named<v1::QuestionKind>("kind", "question.kind", "QUESTION_KIND_"));
  question.set_difficulty(reader.Named<v1::Difficulty>("difficulty", "question.difficulty", "DIFFICULTY_"));
  question.set_prompt(reader.Text("prompt", "question.prompt"));
  for (std::string& hint : reader.Texts("hints", "key.hints", Need::kOptional)) {
    keyed.mutable_key()->add_hints(std::move(hint));
  }
  question.set_hint_count(keyed.key().hints_size());
  ReadAnswer(reader, keyed);
  keyed.mutable_key()->set_explanation(reader.Text("explanation", "key.explanation"));
}

}  // namespace

void ReadQuestionsFile(const ContentFile& file, const std::string& id, const Path& count, LoadReport& report,
                       v1::RevisionContent& content) {
  EachEntry(file.root, file.name, count, "questions", report, [&](const YamlNode& node) {
    const Path path = Path().Field("questions", static_cast<size_t>(content.questions_size()));
    ReadQuestion(node, file.name, id, path, report, *content.add_questions());
  });
}

void ReadFlashcardsFile(const ContentFile& file, const std::string& id, const Path& count, LoadReport& report,
                        v1::RevisionContent& content) {
  EachEntry(file.root, file.name, count, "flashcards", report, [&](const YamlNode& node) {
    const Path path = Path().Field("flashcards", static_cast<size_t>(content.flashcards_size()));
    MapReader reader(node, file.name, path, "the flashcard", report);
    v1::Flashcard& card = *content.add_flashcards();
    card.set_card_id(absl::StrCat(id, ".", reader.Text("id", "card_id")));
    card.set_concept_id(id);
    card.set_front(reader.Text("front", "front"));
    card.set_back(reader.Text("back", "back"));
  });
}

}  // namespace edirae::catalog
