#include "tests/simulation/progress_process.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "services/progress/adapters/store_error.h"
#include "services/progress/domain/tombstone.h"
#include "services/progress/limits.h"

namespace edirae::simulation {

using progress::PendingRecord;
using progress::Transaction;

ProgressProcess::ProgressProcess(SimulatedStore& store, SimulatedBus& bus, const SimulatedTime& time,
                                 const Weather& weather, Dice& dice, const progress::RetainedContent& content,
                                 Metrics& metrics, Bug bug)
    : store_(store),
      time_(time),
      content_(content),
      bug_(bug),
      open_(std::make_shared<Transaction>(store, cache_, nullptr)),
      stream_(bus, time, weather, dice),
      forgetful_(stream_),
      publisher_(
          {}, store, bug == Bug::kDeleteOnPublish ? static_cast<progress::EventStream&>(forgetful_) : stream_,
          time.wall(), [&time] { return time.steady(); }, metrics) {}

void ProgressProcess::Decide() {
  if (queue_.empty()) return;
  open_->Decide(std::exchange(queue_, {}), content_, time_.wall().Now());
}

void ProgressProcess::Commit() {
  if (committing_ == nullptr) return HandOver();
  if (appended_.has_value()) return Settle(*std::exchange(appended_, std::nullopt));
  if (bug_ == Bug::kAckBeforeCommit && !std::exchange(answered_, true)) return committing_->Answer(absl::OkStatus());
  appended_ = committing_->Append();
}

void ProgressProcess::HandOver() {
  const bool built_on_sand = open_->before() != nullptr && open_->before()->failed();
  if (!stale_.empty() || built_on_sand) DecideAgain(std::exchange(stale_, {}));
  if (open_->empty()) return;
  open_->Seal();
  committing_ = open_;
  answered_ = false;
  open_ = std::make_shared<Transaction>(store_, cache_, committing_);
}

void ProgressProcess::DecideAgain(std::vector<PendingRecord> records) {
  std::ranges::move(open_->TakeRecords(), std::back_inserter(records));
  open_ = std::make_shared<Transaction>(store_, cache_, nullptr);
  if (!records.empty()) open_->Decide(std::move(records), content_, time_.wall().Now());
}

void ProgressProcess::Settle(const absl::Status& status) {
  const std::shared_ptr<Transaction> transaction = std::exchange(committing_, nullptr);
  if (status.ok()) {
    transaction->PublishStates();
    recorded_ = true;
    if (!answered_) transaction->Answer(status);
    return;
  }
  transaction->DropStates();
  if (answered_) return;
  if (absl::IsAborted(status) && transaction->attempts() < progress::limits::kMaxConflictRetries) {
    stale_ = transaction->TakeRecords();
    for (PendingRecord& record : stale_) ++record.attempts;
    return;
  }
  transaction->Answer(progress::StoreError(status));
}

void ProgressProcess::Relay() {
  const bool due = time_.steady() >= next_turn_;
  if (std::exchange(recorded_, false) || due) publisher_.NoteRecorded();
  publisher_.Turn();
  next_turn_ = publisher_.NextTurn();
}

void ProgressProcess::Disconnected() {
  stream_.Break();
  publisher_.NoteConnection();
}

absl::StatusOr<progress::Erasure> ProgressProcess::Erase(const std::string& learner_id) {
  const absl::Time now = time_.wall().Now();
  progress::EraseCommand command{.learner_id = learner_id, .receipt_key = learner_id, .now = now, .make_tombstone = {}};
  command.make_tombstone = [now](const std::string& pseudonym, int64_t event_count) {
    return progress::Tombstone(pseudonym, event_count, now);
  };
  publisher_.NoteErasure();
  auto erasure = store_.Erase(command);
  cache_.Drop(learner_id);
  publisher_.NoteErasure();
  return erasure;
}

}  // namespace edirae::simulation
