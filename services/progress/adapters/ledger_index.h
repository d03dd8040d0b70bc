#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_INDEX_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_INDEX_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/progress/domain/event_store.h"

namespace rocksdb {
class DB;
class WriteBatch;
}  // namespace rocksdb

namespace edirae::progress {

// What the index knows of one event. Refers to strings that outlive it.
struct IndexedEvent {
  int64_t position = 0;
  absl::string_view learner_id;
  int64_t learner_seq = 0;
  absl::string_view request_id;  // empty for an event that followed from another
};

// How far an index has come, and a fingerprint of the event there, by which an index of another ledger is told.
struct IndexMark {
  int64_t position = 0;
  uint64_t fingerprint = 0;
};

// Where in the log the events and request ids of each learner are: a log-structured tree beside the ledger, so that
// what arrives at random places is written in order, and later. It has no log of its own and waits for no disk: after a
// crash it is as of some moment before, which `mark` tells, and the ledger adds what is missing. It can be deleted at
// any time while nothing runs. Thread-safe.
//
// Errors of every method: RESOURCE_EXHAUSTED (its disk is full), DATA_LOSS (delete its folder and start again),
// UNAVAILABLE.
class LedgerIndex {
 public:
  // Opens the index in `folder`; one that is damaged is replaced by an empty one.
  static absl::StatusOr<std::unique_ptr<LedgerIndex>> Open(const std::string& folder);
  ~LedgerIndex();  // writes what is in memory, when it can

  // How far it has come; position 0 when it is empty.
  absl::StatusOr<IndexMark> mark();

  // Adds the events of one commit, or of a part of the ledger; `mark` is that of the last of them. What cannot be added
  // is kept, and every other method fails until it could be.
  absl::Status Add(std::span<const IndexedEvent> events, const IndexMark& mark);

  // OK when everything that was given to Add is there.
  absl::Status CatchUp();

  // True when a place in a history or a request id of `events` is taken, by the index or twice among them.
  absl::StatusOr<bool> Conflicts(std::span<const IndexedEvent> events);

  // Positions of the events of actions; nothing for a request id that is not known.
  absl::StatusOr<std::vector<std::optional<int64_t>>> FindRequests(std::span<const RequestKey> keys);

  // Positions of a learner's events after `after_seq` in order, at most `max_events`.
  absl::StatusOr<std::vector<int64_t>> Positions(const std::string& learner_id, int64_t after_seq, int max_events);

  // The newest place in a learner's history; 0 without one.
  absl::StatusOr<int64_t> LastSeq(const std::string& learner_id);

  // Forgets everything.
  absl::Status Clear();

 private:
  explicit LedgerIndex(std::string folder);

  absl::Status OpenDatabase();
  absl::Status Write(rocksdb::WriteBatch& batch);
  // Whether each key is there, and where it leads to.
  absl::StatusOr<std::vector<std::optional<int64_t>>> Find(const std::vector<std::string>& keys);

  const std::string folder_;
  std::unique_ptr<rocksdb::DB> db_;

  std::atomic<bool> behind_ = false;
  std::mutex mutex_;
  std::unique_ptr<rocksdb::WriteBatch> pending_ ABSL_GUARDED_BY(mutex_);  // when behind
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_INDEX_H_
