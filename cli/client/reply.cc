#include "cli/client/reply.h"

#include <algorithm>
#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace edirae::cli {
namespace {

using catalog::v1::Question;
using catalog::v1::Reply;

bool IsChoice(const Question& question) {
  return question.kind() == catalog::v1::QUESTION_KIND_SINGLE_CHOICE ||
         question.kind() == catalog::v1::QUESTION_KIND_SEVERAL_CHOICE;
}

absl::Status Expected(const Question& question) {
  return absl::InvalidArgumentError(absl::StrCat("the question wants ", ReplyHelp(question), "; nothing is recorded"));
}

std::vector<std::string> IdsIn(const std::string& line) {
  return absl::StrSplit(line, absl::ByAnyChar(", "), absl::SkipEmpty());
}

}  // namespace

absl::StatusOr<Reply> ParseReply(const Question& question, const std::vector<std::string>& words) {
  const std::string line = absl::StrJoin(words, " ");
  Reply reply;
  if (line.find_first_not_of(" \t,") == std::string::npos) return Expected(question);
  if (question.kind() == catalog::v1::QUESTION_KIND_NUMERIC) {
    double value = 0;  // with the minus sign of typography, as formulas are copied
    if (!absl::SimpleAtod(absl::StrReplaceAll(line, {{"−", "-"}}), &value) || !std::isfinite(value)) {
      return Expected(question);
    }
    reply.mutable_number()->set_value(value);
  } else if (question.kind() == catalog::v1::QUESTION_KIND_SHORT_TEXT) {
    reply.mutable_text()->set_text(line);
  } else {
    auto& ids = IsChoice(question) ? *reply.mutable_choice()->mutable_choice_ids()
                                   : *reply.mutable_order()->mutable_choice_ids();
    for (std::string& id : IdsIn(line)) *ids.Add() = std::move(id);
  }
  return reply;
}

std::string ReplyHelp(const Question& question) {
  switch (question.kind()) {
    case catalog::v1::QUESTION_KIND_SEVERAL_CHOICE:
      return "one choice or more, e.g. a,c";
    case catalog::v1::QUESTION_KIND_NUMERIC:
      return absl::StrCat("a number", question.unit().empty() ? "" : absl::StrCat(", in ", question.unit()));
    case catalog::v1::QUESTION_KIND_SHORT_TEXT:
      return "one or two words";
    case catalog::v1::QUESTION_KIND_ORDERING:
      return "all items in the right order, e.g. b,a,c";
    default:
      return "one choice";
  }
}

std::string ReplyInWords(const Reply& reply) {
  switch (reply.value_case()) {
    case Reply::kChoice:
      return absl::StrJoin(reply.choice().choice_ids(), ",");
    case Reply::kNumber:
      return absl::StrCat(reply.number().value());
    case Reply::kText:
      return reply.text().text();
    case Reply::kOrder:
      return absl::StrJoin(reply.order().choice_ids(), ",");
    case Reply::VALUE_NOT_SET:
      break;
  }
  return "";
}

Reply SomeReply(const Question& question, uint64_t number) {
  Reply reply;
  const int count = question.choices_size();
  const int first = count == 0 ? 0 : static_cast<int>(number % static_cast<uint64_t>(count));
  switch (question.kind()) {
    case catalog::v1::QUESTION_KIND_NUMERIC:
      reply.mutable_number()->set_value(static_cast<double>(number % 100));
      break;
    case catalog::v1::QUESTION_KIND_SHORT_TEXT:
      reply.mutable_text()->set_text(absl::StrCat("answer ", number % 100));
      break;
    case catalog::v1::QUESTION_KIND_ORDERING:
      for (int i = 0; i < count; ++i) {
        reply.mutable_order()->add_choice_ids(question.choices((first + i) % count).choice_id());
      }
      break;
    default:
      reply.mutable_choice()->add_choice_ids(question.choices(first).choice_id());
  }
  return reply;
}

}  // namespace edirae::cli
