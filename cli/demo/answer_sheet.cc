#include "cli/demo/answer_sheet.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace edirae::cli {
namespace {

using catalog::v1::Reply;

constexpr std::chrono::seconds kRevisionPatience(10);

absl::StatusOr<catalog::v1::ChoiceReply> WrongChoice(const catalog::v1::KeyedQuestion& keyed) {
  const auto& right = keyed.key().correct_choice_ids();
  for (const catalog::v1::Choice& choice : keyed.question().choices()) {
    if (std::find(right.begin(), right.end(), choice.choice_id()) != right.end()) continue;
    catalog::v1::ChoiceReply reply;
    reply.add_choice_ids(choice.choice_id());
    return reply;
  }
  return absl::NotFoundError(absl::StrCat("every choice of ", keyed.question().question_id(), " is right"));
}

}  // namespace

absl::StatusOr<AnswerSheet> AnswerSheet::Fetch(const std::shared_ptr<grpc::Channel>& catalog,
                                               const std::string& service_token) {
  std::promise<std::shared_ptr<const CatalogRevision>> arrived;
  std::future<std::shared_ptr<const CatalogRevision>> revision = arrived.get_future();
  std::once_flag first;
  const CatalogFeed feed(catalog, service_token, [&](std::shared_ptr<const CatalogRevision> taken) {
    std::call_once(first, [&] { arrived.set_value(std::move(taken)); });
  });
  if (revision.wait_for(kRevisionPatience) != std::future_status::ready) {
    return absl::UnavailableError("the catalog sent no revision within 10 s");
  }
  return AnswerSheet(revision.get());
}

absl::StatusOr<const catalog::v1::KeyedQuestion*> AnswerSheet::Find(const std::string& question_id) const {
  const auto& questions = revision_->content.questions();
  const auto found = std::find_if(questions.begin(), questions.end(), [&](const catalog::v1::KeyedQuestion& keyed) {
    return keyed.question().question_id() == question_id;
  });
  if (found == questions.end()) return absl::NotFoundError(absl::StrCat("there is no question ", question_id));
  return &*found;
}

absl::StatusOr<Reply> AnswerSheet::Right(const std::string& question_id) const {
  EDIRAE_ASSIGN_OR_RETURN(const catalog::v1::KeyedQuestion* keyed, Find(question_id));
  const catalog::v1::AnswerKey& key = keyed->key();
  Reply reply;
  if (key.has_numeric()) {
    reply.mutable_number()->set_value(key.numeric().answer());
  } else if (key.has_text()) {
    reply.mutable_text()->set_text(key.text().accepted_texts(0));
  } else if (key.has_order()) {
    *reply.mutable_order()->mutable_choice_ids() = key.order().choice_ids();
  } else {
    *reply.mutable_choice()->mutable_choice_ids() = key.correct_choice_ids();
  }
  return reply;
}

absl::StatusOr<Reply> AnswerSheet::Wrong(const std::string& question_id) const {
  EDIRAE_ASSIGN_OR_RETURN(const catalog::v1::KeyedQuestion* keyed, Find(question_id));
  const catalog::v1::AnswerKey& key = keyed->key();
  Reply reply;
  if (key.has_numeric()) {
    reply.mutable_number()->set_value(key.numeric().wrong_numbers(0).value());
  } else if (key.has_text()) {
    reply.mutable_text()->set_text("no idea");
  } else if (key.has_order()) {  // items are never shown in the right order
    for (const catalog::v1::Choice& item : keyed->question().choices()) {
      reply.mutable_order()->add_choice_ids(item.choice_id());
    }
  } else {
    EDIRAE_ASSIGN_OR_RETURN(*reply.mutable_choice(), WrongChoice(*keyed));
  }
  return reply;
}

}  // namespace edirae::cli
