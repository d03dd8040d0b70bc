#include "services/progress/domain/reply_form.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "common/matching/fold_text.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

using catalog::v1::Question;
using Ids = google::protobuf::RepeatedPtrField<std::string>;

absl::Status Refuse(const Question& question, const char* cause, absl::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, cause, message, {{"question_id", question.question_id()}});
}

absl::Status Wrong(const Question& question, absl::string_view message) {
  return Refuse(question, reason::kWrongReply, message);
}

absl::Status UnknownChoice(const Question& question, const std::string& id) {
  const std::string choices = absl::StrJoin(
      question.choices(), ",", [](std::string* out, const auto& choice) { out->append(choice.choice_id()); });
  return MakeError(absl::StatusCode::kInvalidArgument, reason::kUnknownChoice,
                   absl::StrCat("the question has no choice '", id, "'; it has ", choices),
                   {{"question_id", question.question_id()}, {"choice_id", id}, {"choices", choices}});
}

// Each of them a choice of the question, and none twice.
absl::Status CheckIds(const Question& question, const Ids& ids) {
  for (int i = 0; i < ids.size(); ++i) {
    const auto& choices = question.choices();
    if (std::none_of(choices.begin(), choices.end(),
                     [&](const auto& choice) { return choice.choice_id() == ids[i]; })) {
      return UnknownChoice(question, ids[i]);
    }
    if (std::find(ids.begin(), ids.begin() + i, ids[i]) != ids.begin() + i) {
      return Wrong(question, "a choice is repeated");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckText(const Question& question, const std::string& text) {
  if (text.size() > limits::kMaxReplyTextBytes) {
    return Refuse(question, reason::kTextTooLong,
                  absl::StrCat("the text has more than ", limits::kMaxReplyTextBytes, " bytes"));
  }
  if (FoldAnswer(text).empty()) return Wrong(question, "the text has no letter, digit or symbol");
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckForm(const Question& question, const catalog::v1::Reply& reply) {
  switch (question.kind()) {
    case catalog::v1::QUESTION_KIND_NUMERIC:
      if (!reply.has_number()) return Wrong(question, "this question is answered with `number`");
      if (std::isfinite(reply.number().value())) return absl::OkStatus();
      return Refuse(question, reason::kNumberNotFinite, "the number is not finite");
    case catalog::v1::QUESTION_KIND_SHORT_TEXT:
      if (!reply.has_text()) return Wrong(question, "this question is answered with `text`");
      return CheckText(question, reply.text().text());
    case catalog::v1::QUESTION_KIND_ORDERING:
      if (!reply.has_order()) return Wrong(question, "this question is answered with `order`");
      if (reply.order().choice_ids_size() != question.choices_size()) {
        return Wrong(question, absl::StrCat("the order must name all ", question.choices_size(), " items"));
      }
      return CheckIds(question, reply.order().choice_ids());
    default:
      break;
  }
  if (!reply.has_choice()) return Wrong(question, "this question is answered with `choice`");
  const Ids& ids = reply.choice().choice_ids();
  if (question.kind() == catalog::v1::QUESTION_KIND_SINGLE_CHOICE) {
    if (ids.size() != 1) return Wrong(question, "a single-choice question takes exactly one choice");
  } else if (ids.empty()) {
    return Wrong(question, "a several-choice question takes at least one choice");
  }
  if (ids.size() > question.choices_size()) return Wrong(question, "there are more choices than the question has");
  return CheckIds(question, ids);
}

}  // namespace edirae::progress
