#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_TRANSACTION_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_TRANSACTION_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/progress/adapters/learner_cache.h"
#include "services/progress/domain/ledger.h"

namespace edirae::progress {

// A command that waits for the writer.
struct PendingRecord {
  RecordCommand command;
  std::vector<uint64_t> digests;  // of the actions
  RecordDone done;
};

// XXH64 of an action's deterministic serialization: tells a retry from another action under the same request id.
uint64_t ActionDigest(const v1::LearnerAction& action);

// The work of one commit: decides the actions of many commands, one after the other, and appends all that follows from
// them at once. For one thread; used once.
class Transaction {
 public:
  // The references must outlive it. `now` becomes the events' record_time.
  Transaction(EventStore& store, LearnerCache& cache, const ContentIndex& content, absl::Time now)
      : store_(store), cache_(cache), content_(content), now_(now) {}

  // OK: everything that is answered with an outcome is on disk. Errors of EventStore: nothing is recorded; after
  // ABORTED, drop the states and try again with a new transaction. `records` must outlive this object.
  absl::Status Run(std::span<const PendingRecord> records);

  // Shows the new states to all. After a successful Run.
  void PublishStates();

  // Forgets the states that this transaction started from. After a failed Run.
  void DropStates();

  // What to answer to records[index]. After a successful Run, once each.
  absl::StatusOr<std::vector<ActionAnswer>> TakeAnswers(size_t index);

  size_t event_count() const { return rows_.size(); }
  int64_t duplicate_count() const { return duplicate_count_; }
  // Events by LearnerEvent::BodyCase.
  const absl::flat_hash_map<int, int>& events_by_kind() const { return events_by_kind_; }

 private:
  static constexpr size_t kNoRow = ~size_t{0};

  // What became of one action: an error, the outcome of a row of this transaction, or an outcome that was stored
  // before.
  struct Slot {
    absl::Status error;
    size_t row = kNoRow;
    std::string stored_outcome;
  };
  struct Written {
    uint64_t digest;
    size_t row;
  };

  absl::Status FindDuplicates(std::span<const PendingRecord> records);
  absl::Status DecideAll(const PendingRecord& record, size_t first_slot);
  Slot DecideOne(const std::string& learner_id, const v1::LearnerAction& action, uint64_t digest, LearnerState& state);
  absl::StatusOr<LearnerState*> StateOf(const std::string& learner_id);

  EventStore& store_;
  LearnerCache& cache_;
  const ContentIndex& content_;
  const absl::Time now_;

  std::vector<std::optional<StoredRequest>> stored_;  // one an action
  std::vector<Slot> slots_;                           // one an action
  std::vector<size_t> first_slots_;                   // of each record
  std::vector<absl::Status> record_errors_;           // one a record
  std::vector<NewEvent> rows_;
  absl::node_hash_map<std::string, LearnerState> states_;
  absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, Written> written_;  // by learner and request id
  absl::flat_hash_map<int, int> events_by_kind_;
  int64_t duplicate_count_ = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_TRANSACTION_H_
