#include "services/progress/domain/grade.h"

#include <algorithm>

#include "common/matching/fold_text.h"
#include "common/matching/near.h"
#include "common/status/macros.h"
#include "services/progress/domain/reply_form.h"

namespace edirae::progress {
namespace {

using catalog::v1::AnswerKey;
using Ids = google::protobuf::RepeatedPtrField<std::string>;

Graded Right() { return {.correct = true, .score = 1}; }

bool Contains(const Ids& ids, const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

bool ContainsFolded(const Ids& texts, const std::string& folded) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) { return FoldAnswer(text) == folded; });
}

Graded GradeChoices(const AnswerKey& key, const Ids& chosen) {
  const Ids& right = key.correct_choice_ids();
  const auto hits = std::count_if(chosen.begin(), chosen.end(), [&](const auto& id) { return Contains(right, id); });
  const auto misses = chosen.size() - hits;
  Graded graded;
  // Neither list repeats itself, so all right ones and no other make equal sets.
  graded.correct = misses == 0 && hits == right.size();
  graded.score = right.empty() ? 0 : static_cast<double>(std::max<int64_t>(hits - misses, 0)) / right.size();
  for (const std::string& id : chosen) {
    for (const auto& feedback : key.feedback()) {
      if (feedback.choice_id() == id) graded.feedback.push_back(&feedback);
    }
  }
  return graded;
}

Graded GradeNumber(const catalog::v1::NumericKey& key, double value) {
  if (IsNear(value, key.answer(), key.tolerance())) return Right();
  for (const auto& wrong : key.wrong_numbers()) {
    if (IsNear(value, wrong.value(), key.tolerance())) return {.reply_feedback = &wrong.feedback()};
  }
  return {.other_feedback = &key.other_feedback()};
}

Graded GradeText(const catalog::v1::TextKey& key, const std::string& text) {
  const std::string folded = FoldAnswer(text);
  if (ContainsFolded(key.accepted_texts(), folded)) return Right();
  for (const auto& wrong : key.wrong_texts()) {
    if (ContainsFolded(wrong.texts(), folded)) return {.reply_feedback = &wrong.feedback()};
  }
  return {.other_feedback = &key.other_feedback()};
}

bool Same(const Ids& a, const Ids& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

// How many of the neighbours in `right` stand one after the other in `found`, of all of them.
double SharedNeighbours(const Ids& right, const Ids& found) {
  if (right.size() < 2) return 0;
  int shared = 0;
  for (int i = 0; i + 1 < right.size(); ++i) {
    const auto at = std::find(found.begin(), found.end(), right[i]);
    if (at != found.end() && at + 1 != found.end() && *(at + 1) == right[i + 1]) ++shared;
  }
  return static_cast<double>(shared) / (right.size() - 1);
}

Graded GradeOrder(const catalog::v1::OrderKey& key, const Ids& found) {
  if (Same(found, key.choice_ids())) return Right();
  Graded graded{.score = SharedNeighbours(key.choice_ids(), found)};
  for (const auto& wrong : key.wrong_orders()) {
    if (Same(found, wrong.choice_ids())) graded.reply_feedback = &wrong.feedback();
  }
  if (graded.reply_feedback == nullptr) graded.other_feedback = &key.other_feedback();
  return graded;
}

}  // namespace

absl::StatusOr<Graded> Grade(const catalog::v1::KeyedQuestion& question, const catalog::v1::Reply& reply) {
  EDIRAE_RETURN_IF_ERROR(CheckForm(question.question(), reply));
  switch (question.question().kind()) {
    case catalog::v1::QUESTION_KIND_NUMERIC:
      return GradeNumber(question.key().numeric(), reply.number().value());
    case catalog::v1::QUESTION_KIND_SHORT_TEXT:
      return GradeText(question.key().text(), reply.text().text());
    case catalog::v1::QUESTION_KIND_ORDERING:
      return GradeOrder(question.key().order(), reply.order().choice_ids());
    default:
      return GradeChoices(question.key(), reply.choice().choice_ids());
  }
}

}  // namespace edirae::progress
