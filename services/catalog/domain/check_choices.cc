#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/catalog/domain/question_checks.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

void CheckRightChoices(const v1::KeyedQuestion& keyed, const Path& path, Checker& check) {
  const auto& right = keyed.key().correct_choice_ids();
  const Path at = path.Field("key").Field("correct_choice_ids");
  UniqueIds unique(check, "right choice", "in one key");
  for (int i = 0; i < right.size(); ++i) {
    const Path entry = path.Field("key").Field("correct_choice_ids", i);
    unique.See(entry, right[i]);
    if (!HasChoice(keyed.question(), right[i])) {
      check.Add(entry, absl::StrCat("there is no choice '", right[i], "'"), "name one that the question offers");
    }
  }
  if (keyed.question().kind() == v1::QUESTION_KIND_SINGLE_CHOICE && right.size() != 1) {
    check.Add(at, absl::StrCat("a single_choice question needs exactly one right choice; this one has ", right.size()),
              "mark one with `correct: true`, or make it a several_choice");
  }
  if (keyed.question().kind() == v1::QUESTION_KIND_SEVERAL_CHOICE && right.empty()) {
    check.Add(at, "a several_choice question needs a right choice; this one has none",
              "mark each right one with `correct: true`");
  }
}

void CheckFeedback(const v1::KeyedQuestion& keyed, const Path& path, const Misconceptions& known, Checker& check) {
  const auto& feedback = keyed.key().feedback();
  const auto& right = keyed.key().correct_choice_ids();
  UniqueIds unique(check, "feedback", "in one question");
  for (int i = 0; i < feedback.size(); ++i) {
    const Path at = path.Field("key").Field("feedback", i);
    const std::string& id = feedback[i].choice_id();
    unique.See(at, id);
    check.Markdown(at.Field("text"), "the feedback", feedback[i].text(), limits::kMaxChoiceLength);
    known.See(at.Field("misconception_id"), feedback[i].misconception_id());
    if (!feedback[i].misconception_id().empty() && std::find(right.begin(), right.end(), id) != right.end()) {
      check.Add(at.Field("misconception_id"), absl::StrCat("the right choice '", id, "' names a misconception"),
                "remove it: only wrong choices have one");
    }
    if (!HasChoice(keyed.question(), id)) {
      check.Add(at, absl::StrCat("there is feedback for a choice '", id, "' that is not offered"),
                "remove it, or offer the choice");
    }
  }
  for (int i = 0; i < keyed.question().choices_size(); ++i) {
    const std::string& id = keyed.question().choices(i).choice_id();
    if (std::none_of(feedback.begin(), feedback.end(),
                     [&id](const v1::ChoiceFeedback& entry) { return entry.choice_id() == id; })) {
      check.Add(path.Field("question").Field("choices", i), absl::StrCat("the choice '", id, "' has no feedback"),
                "say what somebody who takes it believes");
    }
  }
}

}  // namespace

bool HasChoice(const v1::Question& question, absl::string_view choice_id) {
  return std::any_of(question.choices().begin(), question.choices().end(),
                     [&](const v1::Choice& choice) { return absl::string_view(choice.choice_id()) == choice_id; });
}

void CheckChoices(const v1::Question& question, const Path& path, Checker& check) {
  const Path at = path.Field("question");
  const bool ordering = question.kind() == v1::QUESTION_KIND_ORDERING;
  const absl::string_view what = ordering ? "item" : "choice";
  check.Count(at.Field("choices"), absl::StrCat(what, "s"), question.choices_size(),
              ordering ? limits::kMinItems : limits::kMinChoices, ordering ? limits::kMaxItems : limits::kMaxChoices);
  UniqueIds ids(check, what, "in its question");
  for (int i = 0; i < question.choices_size(); ++i) {
    const v1::Choice& choice = question.choices(i);
    const Path entry = at.Field("choices", i);
    check.Slug(entry.Field("choice_id"), absl::StrCat("the ", what, " id"), choice.choice_id());
    ids.See(entry.Field("choice_id"), choice.choice_id());
    check.Markdown(entry.Field("text"), absl::StrCat("the text of the ", what), choice.text(),
                   limits::kMaxChoiceLength);
    for (int before = 0; before < i && before < limits::kMaxChoices; ++before) {
      if (!choice.text().empty() && question.choices(before).text() == choice.text()) {
        check.Add(
            entry.Field("text"),
            absl::StrCat("the text is the same as that of ", what, " '", question.choices(before).choice_id(), "'"),
            "make them differ");
      }
    }
  }
}

void CheckChoiceKey(const v1::KeyedQuestion& keyed, const Path& path, const Misconceptions& known, Checker& check) {
  if (keyed.question().choices_size() > limits::kMaxChoices) return;  // reported with the choices
  CheckRightChoices(keyed, path, check);
  CheckFeedback(keyed, path, known, check);
}

}  // namespace edirae::catalog
