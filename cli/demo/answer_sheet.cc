#include "cli/demo/answer_sheet.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"

namespace edirae::cli {
namespace {

constexpr std::chrono::seconds kPatience(10);

}  // namespace

absl::StatusOr<AnswerSheet> AnswerSheet::Fetch(std::shared_ptr<grpc::Channel> catalog,
                                               const std::string& service_token) {
  std::promise<std::shared_ptr<const CatalogRevision>> arrived;
  std::future<std::shared_ptr<const CatalogRevision>> revision = arrived.get_future();
  std::once_flag first;
  const CatalogFeed feed(std::move(catalog), service_token, [&](std::shared_ptr<const CatalogRevision> taken) {
    std::call_once(first, [&] { arrived.set_value(std::move(taken)); });
  });
  if (revision.wait_for(kPatience) != std::future_status::ready) {
    return absl::UnavailableError("the catalog sent no revision within 10 s");
  }
  return AnswerSheet(revision.get());
}

const catalog::v1::KeyedQuestion* AnswerSheet::Find(const std::string& question_id) const {
  const auto& questions = revision_->content.questions();
  const auto found = std::find_if(questions.begin(), questions.end(), [&](const catalog::v1::KeyedQuestion& keyed) {
    return keyed.question().question_id() == question_id;
  });
  return found == questions.end() ? nullptr : &*found;
}

absl::StatusOr<std::vector<std::string>> AnswerSheet::Right(const std::string& question_id) const {
  const catalog::v1::KeyedQuestion* keyed = Find(question_id);
  if (keyed == nullptr) return absl::NotFoundError(absl::StrCat("there is no question ", question_id));
  return std::vector<std::string>(keyed->key().correct_choice_ids().begin(), keyed->key().correct_choice_ids().end());
}

absl::StatusOr<std::vector<std::string>> AnswerSheet::Wrong(const std::string& question_id) const {
  const catalog::v1::KeyedQuestion* keyed = Find(question_id);
  if (keyed == nullptr) return absl::NotFoundError(absl::StrCat("there is no question ", question_id));
  const auto& right = keyed->key().correct_choice_ids();
  for (const catalog::v1::Choice& choice : keyed->question().choices()) {
    if (std::find(right.begin(), right.end(), choice.choice_id()) == right.end()) {
      return std::vector<std::string>{choice.choice_id()};
    }
  }
  return absl::NotFoundError(absl::StrCat("every choice of ", question_id, " is right"));
}

}  // namespace edirae::cli
