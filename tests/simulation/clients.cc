#include "tests/simulation/clients.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/progress/testing/test_content.h"

namespace edirae::simulation {

using progress::PendingRecord;
using progress::v1::LearnerAction;

Clients::Clients(Dice& dice, Oracle& oracle, int actions) : dice_(dice), oracle_(oracle) {
  for (int i = 0; i < actions; ++i) asked_.push_back(NewAction(i));
}

Clients::Asked Clients::NewAction(int number) {
  const std::string id = absl::StrCat("r", number);
  static constexpr const char* kConcepts[] = {"vectors", "matrices", "history"};
  const std::string concept_id = kConcepts[dice_.Below(3)];
  Asked asked{.learner_id = absl::StrCat("learner", dice_.Below(kLearners)), .action = {}};
  switch (dice_.Below(10)) {
    case 0:
      asked.action = progress::Review(id, absl::StrCat(concept_id, ".card"));
      break;
    case 1:
      asked.action = progress::Open(id, "book");
      break;
    case 2:
      asked.action = progress::Hint(id, absl::StrCat(concept_id, ".q1"));
      break;
    case 3:
      asked.action = progress::Advance(id, "first");
      break;
    default:
      asked.action = progress::Answer(id, absl::StrCat(concept_id, ".q", 1 + dice_.Below(5)), dice_.Chance(80));
  }
  return asked;
}

PendingRecord Clients::RecordOf(const std::string& learner_id, const LearnerAction& action, progress::RecordDone done) {
  auto request = std::make_unique<progress::v1::RecordEventsRequest>();
  request->set_learner_id(learner_id);
  *request->add_actions() = action;
  return {.command = {.request = std::move(request), .deadline = absl::InfiniteFuture()},
          .digests = {progress::ActionDigest(action)},
          .done = std::move(done)};
}

PendingRecord Clients::Start(Asked& asked) {
  asked.phase = Phase::kUnderWay;
  return RecordOf(asked.learner_id, asked.action, [this, &asked](const auto& answers) { Take(asked, answers); });
}

void Clients::Take(Asked& asked, const absl::StatusOr<std::vector<progress::ActionAnswer>>& answers) {
  if (!answers.ok()) {
    if (absl::IsDataLoss(answers.status())) oracle_.Find(answers.status().ToString());
    asked.phase = Phase::kUnanswered;
    return;
  }
  const progress::ActionAnswer& answer = answers->front();
  if (answer.ok()) {
    oracle_.Acknowledge(asked.learner_id, asked.action.request_id(), *answer);
    asked.phase = Phase::kAcknowledged;
    return;
  }
  if (absl::IsAlreadyExists(answer.status()) || asked.phase == Phase::kAcknowledged) {
    oracle_.Find(absl::StrCat(asked.action.request_id(), " got ", answer.status().ToString()));
  }
  oracle_.Refuse(asked.learner_id, asked.action.request_id());
  asked.phase = Phase::kRefused;
}

PendingRecord Clients::Misuse(const Asked& asked) {
  LearnerAction other = asked.action;
  other.clear_action();
  other.mutable_open_resource()->set_resource_id("guide");
  ++extra_[NumberOf(asked.learner_id)];
  return RecordOf(asked.learner_id, other, [this, &asked](const auto& answers) {
    --extra_[NumberOf(asked.learner_id)];
    if (answers.ok() && !absl::IsAlreadyExists(answers->front().status())) {
      oracle_.Find(absl::StrCat("another action was taken under the id ", asked.action.request_id()));
    }
  });
}

std::optional<PendingRecord> Clients::Send() {
  Asked& asked = asked_[dice_.Below(asked_.size())];
  if (retired_[NumberOf(asked.learner_id)]) return std::nullopt;
  switch (asked.phase) {
    case Phase::kUnsent:
    case Phase::kUnanswered:
      return Start(asked);
    case Phase::kAcknowledged:
      return dice_.Chance(50) ? Misuse(asked) : Repeat(asked);
    case Phase::kUnderWay:
    case Phase::kRefused:
      return std::nullopt;
  }
  return std::nullopt;
}

PendingRecord Clients::Repeat(const Asked& asked) {
  ++extra_[NumberOf(asked.learner_id)];
  return RecordOf(asked.learner_id, asked.action, [this, &asked](const auto& answers) {
    --extra_[NumberOf(asked.learner_id)];
    if (!answers.ok()) return;
    if (answers->front().ok()) {
      oracle_.Acknowledge(asked.learner_id, asked.action.request_id(), *answers->front());
    } else {
      oracle_.Find(absl::StrCat("a retry of ", asked.action.request_id(), " is refused"));
    }
  });
}

std::optional<PendingRecord> Clients::SendAgain() {
  for (Asked& asked : asked_) {
    if (asked.phase == Phase::kUnanswered) return Start(asked);
  }
  return std::nullopt;
}

void Clients::Disconnect() {
  extra_.assign(kLearners, 0);
  for (Asked& asked : asked_) {
    if (asked.phase == Phase::kUnderWay) asked.phase = Phase::kUnanswered;
  }
}

std::optional<std::string> Clients::Retire() {
  const size_t number = dice_.Below(kLearners);
  std::string learner_id = absl::StrCat("learner", number);
  bool has_history = false;
  for (const Asked& asked : asked_) {
    if (asked.learner_id != learner_id) continue;
    if (asked.phase == Phase::kUnderWay || asked.phase == Phase::kUnanswered) return std::nullopt;
    has_history = has_history || asked.phase == Phase::kAcknowledged;
  }
  if (!has_history || retired_[number] || extra_[number] > 0) return std::nullopt;
  retired_[number] = true;
  return learner_id;
}

bool Clients::settled() const {
  return std::ranges::none_of(
      asked_, [](const Asked& asked) { return asked.phase == Phase::kUnderWay || asked.phase == Phase::kUnanswered; });
}

}  // namespace edirae::simulation
