#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/matching/fold_text.h"
#include "services/catalog/domain/item_ids.h"
#include "services/catalog/domain/nearest.h"
#include "services/catalog/domain/question_checks.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

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
    unique.See(at.Field("concept_ids", i), question.concept_ids(i));
    curriculum.CheckTaught(at.Field("concept_ids", i), question.concept_ids(i), check);
  }
}

void CheckHints(const v1::KeyedQuestion& keyed, const Path& path, Checker& check) {
  const Path at = path.Field("key").Field("hints");
  const v1::AnswerKey& key = keyed.key();
  check.Count(at, "hints", key.hints_size(), 0, limits::kMaxHints);
  for (int i = 0; i < key.hints_size(); ++i) {
    check.Markdown(path.Field("key").Field("hints", i), "the hint", key.hints(i), limits::kMaxChoiceLength);
  }
  if (keyed.question().hint_count() != key.hints_size()) {
    check.Add(path.Field("question").Field("hint_count"), absl::StrCat("hint_count is ", keyed.question().hint_count()),
              absl::StrCat("there are ", key.hints_size(), " hints"));
  }
}

// Reports keys of another kind than the question's.
void CheckOtherKeys(const v1::KeyedQuestion& keyed, const Path& path, Checker& check) {
  const v1::QuestionKind kind = keyed.question().kind();
  const bool has_choices = kind == v1::QUESTION_KIND_SINGLE_CHOICE || kind == v1::QUESTION_KIND_SEVERAL_CHOICE;
  const v1::AnswerKey& key = keyed.key();
  const bool mixed = key.has_numeric() != (kind == v1::QUESTION_KIND_NUMERIC) ||
                     key.has_text() != (kind == v1::QUESTION_KIND_SHORT_TEXT) ||
                     key.has_order() != (kind == v1::QUESTION_KIND_ORDERING) ||
                     (!has_choices && (!key.correct_choice_ids().empty() || !key.feedback().empty())) ||
                     (!has_choices && kind != v1::QUESTION_KIND_ORDERING && !keyed.question().choices().empty());
  if (mixed)
    check.Add(path.Field("key"), "the key is not of the question's kind", "give the key of that kind and no other");
}

void CheckAnswer(const v1::KeyedQuestion& keyed, const Path& path, const Misconceptions& known, Checker& check) {
  const v1::Question& question = keyed.question();
  CheckOtherKeys(keyed, path, check);
  switch (question.kind()) {
    case v1::QUESTION_KIND_SINGLE_CHOICE:
    case v1::QUESTION_KIND_SEVERAL_CHOICE:
      CheckChoices(question, path, check);
      return CheckChoiceKey(keyed, path, known, check);
    case v1::QUESTION_KIND_NUMERIC:
      if (!question.unit().empty()) {
        check.Text(path.Field("question").Field("unit"), "the unit", question.unit(), limits::kMaxUnitLength);
      }
      return CheckNumericKey(keyed.key().numeric(), path, known, check);
    case v1::QUESTION_KIND_SHORT_TEXT:
      return CheckTextKey(keyed.key().text(), path, known, check);
    case v1::QUESTION_KIND_ORDERING:
      CheckChoices(question, path, check);
      return CheckOrderKey(keyed, path, known, check);
    default:
      check.Add(path.Field("question").Field("kind"), "the kind of the question is not said",
                "write one, e.g. single_choice");
  }
}

const TaughtConcept* OwnerOf(const v1::Question& question, const Curriculum& curriculum) {
  const int place = question.concept_ids().empty() ? -1 : curriculum.Find(question.concept_ids(0));
  return place < 0 ? nullptr : &curriculum.concepts()[static_cast<size_t>(place)];
}

void CheckQuestion(const v1::KeyedQuestion& keyed, const Path& path, const Curriculum& curriculum, Checker& check) {
  const v1::Question& question = keyed.question();
  const Path at = path.Field("question");
  CheckConcepts(question, at, curriculum, check);
  CheckItemId(at.Field("question_id"), question.question_id(),
              question.concept_ids().empty() ? "" : question.concept_ids(0), check);
  check.Markdown(at.Field("prompt"), "the prompt", question.prompt(), limits::kMaxTextLength);
  if (question.difficulty() == v1::DIFFICULTY_UNSPECIFIED) {
    check.Add(at.Field("difficulty"), "the difficulty is not said", "write easy, medium or hard");
  }
  CheckAnswer(keyed, path, Misconceptions(OwnerOf(question, curriculum), check), check);
  CheckHints(keyed, path, check);
  check.Markdown(path.Field("key").Field("explanation"), "the explanation", keyed.key().explanation(),
                 limits::kMaxTextLength);
}

// Finds prompts that differ in nothing but case, accents and white space.
class UniquePrompts {
 public:
  explicit UniquePrompts(Checker& check) : check_(check) {}

  void See(const v1::Question& question, const Path& path) {
    std::string folded = FoldText(question.prompt());
    if (folded.empty()) return;
    const auto [first, is_new] = first_.try_emplace(std::move(folded), &question);
    if (is_new) return;
    check_.Add(path, absl::StrCat("the prompt is the same as that of ", first->second->question_id()),
               "ask something else, or say what the question is about");
  }

 private:
  Checker& check_;
  absl::flat_hash_map<std::string, const v1::Question*> first_;
};

}  // namespace

void Misconceptions::See(const Path& path, absl::string_view id) const {
  if (id.empty() || owner_ == nullptr || owner_->lesson == nullptr) return;
  if (owner_->lesson->misconceptions_size() > limits::kMaxMisconceptions) return;  // reported with the lesson
  if (check_.IsBroken(owner_->lesson_path.Field("misconceptions"))) return;
  std::vector<absl::string_view> ids;
  for (const v1::Misconception& known : owner_->lesson->misconceptions()) {
    if (absl::string_view(known.misconception_id()) == id) return;
    ids.push_back(known.misconception_id());
  }
  check_.Add(path, absl::StrCat("the concept '", owner_->content->concept_id(), "' has no misconception '", id, "'"),
             DidYouMean(id, ids, "name one of its concept.yaml, or add it there"));
}

void Misconceptions::CheckFeedback(const Path& path, const v1::ReplyFeedback& feedback) const {
  check_.Markdown(path.Field("text"), "the feedback", feedback.text(), limits::kMaxChoiceLength);
  See(path.Field("misconception_id"), feedback.misconception_id());
}

void CheckQuestions(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check) {
  UniqueIds ids(check, "question", "in the catalog");
  UniquePrompts prompts(check);
  for (int i = 0; i < content.questions_size(); ++i) {
    const v1::Question& question = content.questions(i).question();
    const Path path = Path().Field("questions", i);
    ids.See(path.Field("question").Field("question_id"), question.question_id());
    prompts.See(question, path.Field("question").Field("prompt"));
    CheckQuestion(content.questions(i), path, curriculum, check);
  }
}

}  // namespace edirae::catalog
