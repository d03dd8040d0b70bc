#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_INDEX_FILES_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_INDEX_FILES_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/progress/adapters/ledger_tail.h"
#include "services/progress/domain/event_store.h"

namespace rocksdb {
class DB;
class Status;
}  // namespace rocksdb

namespace edirae::progress {

// How far an index has come, and a fingerprint of the event there, by which an index of another ledger is told.
struct IndexMark {
  int64_t position = 0;
  uint64_t fingerprint = 0;
};

// A part of a learner's history.
struct IndexedHistory {
  std::vector<int64_t> positions;
  int64_t last_seq = 0;  // of the last of them; 0 without one
};

// Where in the log the events and request ids of each learner are: a log-structured tree beside the ledger, to which
// sorted files are added. How far it has come, `mark` tells. It can be deleted at any time while nothing runs.
// Thread-safe; one thread adds.
//
// Errors of every method: RESOURCE_EXHAUSTED (its disk is full), DATA_LOSS (delete its folder and start again),
// UNAVAILABLE.
class IndexFiles {
 public:
  // Opens the index in `folder`; one that is damaged is replaced by an empty one.
  static absl::StatusOr<std::unique_ptr<IndexFiles>> Open(const std::string& folder);
  ~IndexFiles();

  // How far it has come; position 0 when it is empty.
  absl::StatusOr<IndexMark> mark();

  // Adds what follows the mark as one file; `mark` is that of the last of `events`. All or nothing, durably.
  absl::Status Add(std::span<const IndexedEvent> events, const IndexMark& mark);

  // Positions of the events of actions; nothing for a request id that is not known.
  absl::StatusOr<std::vector<std::optional<int64_t>>> FindRequests(std::span<const RequestKey> keys);

  // Positions of a learner's events after `after_seq` in order, at most `max_events`.
  absl::StatusOr<IndexedHistory> Positions(const std::string& learner_id, int64_t after_seq, int max_events);

  // The newest place in a learner's history; 0 without one.
  absl::StatusOr<int64_t> LastSeq(const std::string& learner_id);

  // Forgets a learner durably, and that the last event it knows may have been theirs: `mark` is that of the last that
  // is left. Traces stay in files until Wipe.
  absl::Status Forget(const std::string& learner_id, const IndexMark& mark);

  // Writes anew what has traces of a learner who was forgotten. Takes seconds when the index is large.
  absl::Status Wipe(const std::string& learner_id);

  // Forgets everything.
  absl::Status Clear();

 private:
  explicit IndexFiles(std::string folder);

  absl::Status OpenDatabase();
  std::string NextFile() const;
  rocksdb::Status WriteFile(const std::vector<std::pair<std::string, int64_t>>& entries, const IndexMark& mark);
  // Whether each key is there, and where it leads to.
  absl::StatusOr<std::vector<std::optional<int64_t>>> Find(const std::vector<std::string>& keys);

  const std::string folder_;
  std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_INDEX_FILES_H_
