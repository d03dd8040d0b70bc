#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/ids/ids.h"
#include "services/catalog/domain/nearest.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

// `<concept id>.<slug>`.
void CheckItemId(const Path& path, absl::string_view id, absl::string_view concept_id, Checker& check) {
  absl::string_view slug = id;
  if (absl::ConsumePrefix(&slug, concept_id) && absl::ConsumePrefix(&slug, ".")) {
    check.Slug(path, "the id", slug);
  } else {
    check.Add(path, absl::StrCat("the id '", id, "' does not start with its concept"),
              absl::StrCat("write ", concept_id, ".<slug>"));
  }
}

void CheckConcepts(const v1::Question& question, const Path& at, const Curriculum& curriculum, Checker& check) {
  if (question.concept_ids().empty()) {
    check.Add(at, "the question belongs to no concept", "name the one that owns it");
  }
  if (question.concept_ids_size() > limits::kMaxQuestionConcepts) {
    check.Add(at, absl::StrCat("the question is evidence for ", question.concept_ids_size(), " concepts"),
              absl::StrCat("keep to ", limits::kMaxQuestionConcepts, ", its own included"));
  }
  UniqueIds unique(check, "concept", "in one question");
  for (int i = 0; i < question.concept_ids_size(); ++i) {
    const std::string& id = question.concept_ids(i);
    unique.See(at.Field("concept_ids", i), id);
    if (curriculum.Find(id) < 0) {
      check.Add(at.Field("concept_ids", i), absl::StrCat("there is no concept '", id, "'"),
                DidYouMean(id, curriculum.Ids(), "name one that a stage lists"));
    }
  }
}

void CheckChoices(const v1::Question& question, const Path& at, Checker& check) {
  if (question.choices_size() < limits::kMinChoices || question.choices_size() > limits::kMaxChoices) {
    check.Add(at.Field("choices"), absl::StrCat("the question has ", question.choices_size(), " choices"),
              absl::StrCat("offer ", limits::kMinChoices, " to ", limits::kMaxChoices));
  }
  UniqueIds ids(check, "choice", "in its question");
  for (int i = 0; i < question.choices_size(); ++i) {
    const v1::Choice& choice = question.choices(i);
    const Path choice_at = at.Field("choices", i);
    check.Slug(choice_at.Field("choice_id"), "the choice id", choice.choice_id());
    ids.See(choice_at.Field("choice_id"), choice.choice_id());
    check.Text(choice_at.Field("text"), "the text of the choice", choice.text(), limits::kMaxChoiceLength);
    for (int before = 0; before < i; ++before) {
      if (!choice.text().empty() && question.choices(before).text() == choice.text()) {
        check.Add(choice_at.Field("text"),
                  absl::StrCat("the text is the same as that of choice '", question.choices(before).choice_id(), "'"),
                  "make them differ");
      }
    }
  }
}

bool HasChoice(const v1::Question& question, absl::string_view id) {
  return std::any_of(question.choices().begin(), question.choices().end(),
                     [id](const v1::Choice& choice) { return choice.choice_id() == id; });
}

void CheckRightChoices(const v1::KeyedQuestion& keyed, const Path& at, Checker& check) {
  const auto& right = keyed.key().correct_choice_ids();
  const Path path = at.Field("key").Field("correct_choice_ids");
  UniqueIds unique(check, "right choice", "in one key");
  for (int i = 0; i < right.size(); ++i) {
    unique.See(at.Field("key").Field("correct_choice_ids", i), right[i]);
    if (!HasChoice(keyed.question(), right[i])) {
      check.Add(at.Field("key").Field("correct_choice_ids", i), absl::StrCat("there is no choice '", right[i], "'"),
                "name one that the question offers");
    }
  }
  if (keyed.question().kind() == v1::QUESTION_KIND_SINGLE_CHOICE && right.size() != 1) {
    check.Add(path,
              absl::StrCat("a single_choice question needs exactly one right choice; this one has ", right.size()),
              "mark one with `correct: true`, or make it a several_choice");
  }
  if (keyed.question().kind() == v1::QUESTION_KIND_SEVERAL_CHOICE && right.empty()) {
    check.Add(path, "a several_choice question needs a right choice; this one has none",
              "mark each right one with `correct: true`");
  }
}

void CheckFeedback(const v1::KeyedQuestion& keyed, const Path& at, Checker& check) {
  const auto& feedback = keyed.key().feedback();
  UniqueIds unique(check, "feedback", "in one question");
  for (int i = 0; i < feedback.size(); ++i) {
    const Path path = at.Field("key").Field("feedback", i);
    unique.See(path, feedback[i].choice_id());
    check.Text(path.Field("text"), "the feedback", feedback[i].text(), limits::kMaxChoiceLength);
    if (!HasChoice(keyed.question(), feedback[i].choice_id())) {
      check.Add(path,
                absl::StrCat("there is feedback for a choice '", feedback[i].choice_id(), "' that is not offered"),
                "remove it, or offer the choice");
    }
  }
  for (int i = 0; i < keyed.question().choices_size(); ++i) {
    const std::string& id = keyed.question().choices(i).choice_id();
    if (std::none_of(feedback.begin(), feedback.end(),
                     [&id](const v1::ChoiceFeedback& entry) { return entry.choice_id() == id; })) {
      check.Add(at.Field("question").Field("choices", i), absl::StrCat("the choice '", id, "' has no feedback"),
                "say what somebody who takes it believes");
    }
  }
}

void CheckQuestion(const v1::KeyedQuestion& keyed, const Path& path, const Curriculum& curriculum, Checker& check) {
  const v1::Question& question = keyed.question();
  const Path at = path.Field("question");
  CheckConcepts(question, at, curriculum, check);
  CheckItemId(at.Field("question_id"), question.question_id(),
              question.concept_ids().empty() ? "" : question.concept_ids(0), check);
  check.Text(at.Field("prompt"), "the prompt", question.prompt(), limits::kMaxTextLength);
  if (question.kind() == v1::QUESTION_KIND_UNSPECIFIED) {
    check.Add(at.Field("kind"), "the kind of the question is not said", "write single_choice or several_choice");
  }
  if (question.difficulty() == v1::DIFFICULTY_UNSPECIFIED) {
    check.Add(at.Field("difficulty"), "the difficulty is not said", "write easy, medium or hard");
  }
  CheckChoices(question, at, check);
  CheckRightChoices(keyed, path, check);
  CheckFeedback(keyed, path, check);
  check.Text(path.Field("key").Field("explanation"), "the explanation", keyed.key().explanation(),
             limits::kMaxTextLength);
}

}  // namespace

void CheckItems(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check) {
  UniqueIds question_ids(check, "question", "in the catalog");
  for (int i = 0; i < content.questions_size(); ++i) {
    const Path path = Path().Field("questions", i);
    question_ids.See(path.Field("question").Field("question_id"), content.questions(i).question().question_id());
    CheckQuestion(content.questions(i), path, curriculum, check);
  }
  UniqueIds card_ids(check, "flashcard", "in the catalog");
  for (int i = 0; i < content.flashcards_size(); ++i) {
    const v1::Flashcard& card = content.flashcards(i);
    const Path path = Path().Field("flashcards", i);
    card_ids.See(path.Field("card_id"), card.card_id());
    CheckItemId(path.Field("card_id"), card.card_id(), card.concept_id(), check);
    if (curriculum.Find(card.concept_id()) < 0) {
      check.Add(path.Field("concept_id"), absl::StrCat("there is no concept '", card.concept_id(), "'"),
                DidYouMean(card.concept_id(), curriculum.Ids(), "name one that a stage lists"));
    }
    check.Text(path.Field("front"), "the front", card.front(), limits::kMaxChoiceLength);
    check.Text(path.Field("back"), "the back", card.back(), limits::kMaxChoiceLength);
  }
}

}  // namespace edirae::catalog
