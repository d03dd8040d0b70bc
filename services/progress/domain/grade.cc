#include "services/progress/domain/grade.h"

#include <algorithm>

#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/errors.h"

namespace edirae::progress {
namespace {

using catalog::v1::Question;

absl::Status CheckForm(const Question& question, const catalog::v1::Reply& reply) {
  const auto wrong = [&](absl::string_view message) {
    return MakeError(absl::StatusCode::kInvalidArgument, reason::kWrongReply, message,
                     {{"question_id", question.question_id()}});
  };
  if (!reply.has_choice()) return wrong("this question is answered with `choice`");
  const auto& ids = reply.choice().choice_ids();
  if (question.kind() == catalog::v1::QUESTION_KIND_SINGLE_CHOICE) {
    if (ids.size() != 1) return wrong("a single-choice question takes exactly one choice");
  } else if (ids.empty()) {
    return wrong("a several-choice question takes at least one choice");
  }
  for (int i = 0; i < ids.size(); ++i) {
    const auto& choices = question.choices();
    if (std::none_of(choices.begin(), choices.end(),
                     [&](const auto& choice) { return choice.choice_id() == ids[i]; })) {
      return MakeError(absl::StatusCode::kInvalidArgument, reason::kUnknownChoice, "the question has no such choice",
                       {{"question_id", question.question_id()}});
    }
    if (std::find(ids.begin(), ids.begin() + i, ids[i]) != ids.begin() + i) return wrong("a choice is repeated");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Graded> Grade(const catalog::v1::KeyedQuestion& question, const catalog::v1::Reply& reply) {
  EDIRAE_RETURN_IF_ERROR(CheckForm(question.question(), reply));
  const auto& chosen = reply.choice().choice_ids();
  const auto& right = question.key().correct_choice_ids();
  Graded graded;
  // Neither list repeats itself, so equal size and inclusion make equal sets.
  graded.correct = chosen.size() == right.size() && std::all_of(chosen.begin(), chosen.end(), [&](const auto& id) {
                     return std::find(right.begin(), right.end(), id) != right.end();
                   });
  for (const std::string& id : chosen) {
    for (const auto& feedback : question.key().feedback()) {
      if (feedback.choice_id() == id) graded.feedback.push_back(&feedback);
    }
  }
  return graded;
}

}  // namespace edirae::progress
