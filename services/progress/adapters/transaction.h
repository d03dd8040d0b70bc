#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_TRANSACTION_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_TRANSACTION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/progress/adapters/learner_cache.h"
#include "services/progress/domain/ledger.h"
#include "services/progress/domain/milestone_queue.h"
#include "services/progress/domain/retained_content.h"

namespace edirae::progress {

// A command that waits for the writer.
struct PendingRecord {
  RecordCommand command;
  std::vector<uint64_t> digests;  // of the actions
  RecordDone done;
  int attempts = 0;  // commits that found its learner's state stale

  size_t action_count() const { return static_cast<size_t>(command.request->actions_size()); }
};

// XXH64 of an action's deterministic serialization: tells a retry from another action under the same request id.
uint64_t ActionDigest(const v1::LearnerAction& action);

// The work of one commit: decides the actions of many commands, one after the other, and appends all that follows from
// them at once. It is open, then sealed, and in between belongs to one thread. A sealed one may be appended and
// answered by one thread while another decides the next one on top of it.
class Transaction {
 public:
  // `before` is the sealed transaction whose success is taken for granted: when it fails, what was decided here is
  // void. Null when everything that was decided earlier is in store and cache. The references must outlive it.
  Transaction(EventStore& store, LearnerCache& cache, std::shared_ptr<const Transaction> before)
      : store_(store), cache_(cache), changes_(cache.changes()), before_(std::move(before)) {}

  // Decides `records` after those that it has; `now` becomes their events' record_time. A record that cannot be decided
  // gets its error with the answers.
  void Decide(std::vector<PendingRecord> records, const RetainedContent& content, absl::Time now);

  // The records, to be decided again elsewhere. As long as somebody builds on this transaction, they must live on.
  std::vector<PendingRecord> TakeRecords() { return std::move(records_); }

  // Nothing is decided any more, and `before` has succeeded.
  void Seal();

  // OK: everything that is answered with an outcome is on disk. Errors of EventStore: nothing is recorded.
  absl::Status Append();

  // Shows the new states to all, or has them folded anew when recorded events were changed since this began. After a
  // successful Append.
  void PublishStates();

  // Forgets the states that this transaction started from. After a failed Append.
  void DropStates();

  // Answers every record with its outcomes, or with `failure`. Once, when sealed.
  void Answer(const absl::Status& failure);

  // Whether an Append failed. For whoever built on this transaction.
  bool failed() const { return failed_; }
  const Transaction* before() const { return before_.get(); }

  bool empty() const { return records_.empty(); }
  // True when somebody's deadline has passed at `now`.
  bool AnyExpired(absl::Time now) const { return earliest_deadline_ <= now; }
  // The most commits of one of its records that found a stale state.
  int attempts() const { return attempts_; }
  size_t action_count() const { return slots_.size(); }
  size_t event_count() const { return rows_.size(); }
  int64_t duplicate_count() const { return duplicate_count_; }
  // What the mentors' queue has to see of it, once it is appended.
  const std::vector<QueueEvent>& queue_events() const { return queue_events_; }
  // Events by LearnerEvent::BodyCase.
  const absl::flat_hash_map<int, int>& events_by_kind() const { return events_by_kind_; }

 private:
  static constexpr size_t kNoRow = ~size_t{0};

  // What became of one action: an error, the outcome of a row of this transaction, or an outcome of an earlier one.
  struct Slot {
    absl::Status error;
    size_t row = kNoRow;
    std::string stored_outcome;
  };
  // An action that was recorded.
  struct Written {
    uint64_t digest;
    size_t row;
  };
  using RequestId = std::pair<absl::string_view, absl::string_view>;  // of a learner

  absl::Status DecideAll(const PendingRecord& record, std::optional<StoredRequest>* stored,
                         const RetainedContent& content, absl::Time now);
  Slot DecideOne(const RecordCommand& command, const v1::LearnerAction& action, uint64_t digest, LearnerState& state,
                 const RetainedContent& content, absl::Time now);
  Slot Repeated(const v1::LearnerAction& action, uint64_t digest, uint64_t first_digest);
  absl::StatusOr<std::vector<std::optional<StoredRequest>>> FindStored(const std::vector<PendingRecord>& records) const;
  // Of a shared ledger: where the histories of the records' learners end now.
  absl::Status FindEnds(const std::vector<PendingRecord>& records);
  absl::StatusOr<LearnerState*> StateOf(const std::string& learner_id);
  std::vector<ActionAnswer> AnswersOf(size_t first_slot, size_t count);

  EventStore& store_;
  LearnerCache& cache_;
  const int64_t changes_;  // LearnerCache::changes() when it began
  std::shared_ptr<const Transaction> before_;

  std::vector<PendingRecord> records_;
  std::vector<absl::Status> record_errors_;  // one a record
  std::vector<Slot> slots_;                  // one an action
  std::vector<NewEvent> rows_;
  std::vector<QueueEvent> queue_events_;  // positions are indexes of `rows_`; once appended, those of the ledger
  absl::node_hash_map<std::string, LearnerState> states_;            // while open
  absl::flat_hash_map<std::string, LearnerCache::Snapshot> sealed_;  // then
  absl::flat_hash_map<std::string, int64_t> ends_;                   // of a shared ledger: LastSeq of its learners
  absl::flat_hash_map<RequestId, Written> written_;                  // refers to strings of the records
  absl::flat_hash_map<int, int> events_by_kind_;
  absl::Time earliest_deadline_ = absl::InfiniteFuture();
  int attempts_ = 0;
  int64_t duplicate_count_ = 0;
  bool failed_ = false;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_TRANSACTION_H_
