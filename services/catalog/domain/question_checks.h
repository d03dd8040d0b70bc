#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_QUESTION_CHECKS_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_QUESTION_CHECKS_H_

#include "absl/strings/string_view.h"
#include "services/catalog/domain/checker.h"
#include "services/catalog/domain/curriculum.h"

// The parts of `CheckQuestions`. `path` is always that of the keyed question.
namespace edirae::catalog {

// Finds misconceptions that the concept of a question does not have. The references must outlive it.
class Misconceptions {
 public:
  // `owner` is null when the question belongs to no known concept; then nothing is reported.
  Misconceptions(const TaughtConcept* owner, Checker& check) : owner_(owner), check_(check) {}

  // Nothing to report for an empty id, which names none.
  void See(const Path& path, absl::string_view id) const;
  // The feedback of a wrong answer: a text, and perhaps a misconception.
  void CheckFeedback(const Path& path, const v1::ReplyFeedback& feedback) const;

 private:
  const TaughtConcept* const owner_;
  Checker& check_;
};

// Whether the question has the choice.
bool HasChoice(const v1::Question& question, absl::string_view choice_id);

// Choices of single and several choice and the items of ordering: number, ids, texts.
void CheckChoices(const v1::Question& question, const Path& path, Checker& check);

// Keys by kind: in range, complete, with feedback for every wrong answer.
void CheckChoiceKey(const v1::KeyedQuestion& keyed, const Path& path, const Misconceptions& known, Checker& check);
void CheckNumericKey(const v1::NumericKey& key, const Path& path, const Misconceptions& known, Checker& check);
void CheckTextKey(const v1::TextKey& key, const Path& path, const Misconceptions& known, Checker& check);
void CheckOrderKey(const v1::KeyedQuestion& keyed, const Path& path, const Misconceptions& known, Checker& check);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_QUESTION_CHECKS_H_
