#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_INDEX_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_INDEX_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/progress/adapters/files_memo.h"
#include "services/progress/adapters/index_files.h"
#include "services/progress/adapters/ledger_tail.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/limits.h"

namespace edirae::progress {

// The ledger as its index reads it. Called by one thread at a time; errors of EventStore.
struct LedgerPage {
  struct Row {
    int64_t position;
    std::string learner_id;
    int64_t learner_seq;
    std::string request_id;
  };
  std::vector<Row> rows;
  uint64_t last_fingerprint = 0;  // of the last row's event
};
// The rows with a position above the first and up to the second argument.
using ReadLedgerPage = std::function<absl::StatusOr<LedgerPage>(int64_t after, int64_t up_to)>;

// How many events are kept in memory.
struct TailBounds {
  size_t portion = limits::kIndexTail;  // so many move to the files together
  size_t most = limits::kMaxIndexTail;  // past it there is no room before the files have followed
};

// Where in the ledger the events and request ids of each learner are. The newest are kept in memory; a thread of its
// own moves them to files in large, ordered portions, so that no commit writes at random places. Derived from the
// ledger, which it reads for that. Thread-safe. Errors of IndexFiles.
class LedgerIndex {
 public:
  // Starts with what `files` holds and adds what the ledger has behind it, up to `last_position`.
  static absl::StatusOr<std::unique_ptr<LedgerIndex>> Start(std::unique_ptr<IndexFiles> files, ReadLedgerPage read,
                                                            int64_t last_position, TailBounds bounds = {});
  ~LedgerIndex();  // moves everything to the files, when it can

  // OK when more events can be added; waits while the files are written. Otherwise why they cannot be.
  absl::Status WaitForRoom();

  // Adds events that are in the ledger. One thread at a time, after WaitForRoom.
  void Add(std::span<const IndexedEvent> events);

  // True when an event is not the next of its learner's history, or a request id is taken, by the index or twice among
  // `events`.
  absl::StatusOr<bool> Conflicts(std::span<const IndexedEvent> events);

  // Positions of the events of actions; nothing for a request id that is not known.
  absl::StatusOr<std::vector<std::optional<int64_t>>> FindRequests(std::span<const RequestKey> keys);

  // As long as it is held, nothing moves from the ledger to the files.
  [[nodiscard]] std::unique_lock<std::mutex> HoldFiles() { return std::unique_lock(files_mutex_); }

  // How far the files have come.
  absl::StatusOr<IndexMark> mark() { return files_->mark(); }

  // Forgets a learner whose events left the ledger, and who made these requests. `mark` as for IndexFiles::Forget.
  // While HoldFiles.
  absl::Status Forget(const std::string& learner_id, const std::vector<std::string>& request_ids,
                      const IndexMark& mark);

  // As IndexFiles::Wipe.
  absl::Status Wipe(const std::string& learner_id) { return files_->Wipe(learner_id); }

  // Positions of a learner's events after `after_seq` in order, at most `max_events`.
  absl::StatusOr<std::vector<int64_t>> Positions(const std::string& learner_id, int64_t after_seq, int max_events);

  // The newest place in a learner's history; 0 without one.
  absl::StatusOr<int64_t> LastSeq(const std::string& learner_id);

 private:
  LedgerIndex(std::unique_ptr<IndexFiles> files, ReadLedgerPage read, TailBounds bounds);

  void MoveAll();  // the thread
  // Moves the ledger behind the files' mark to the files, up to a position.
  absl::Status MoveUpTo(int64_t position);
  void RotateIfFull() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether it is in memory.
  std::optional<int64_t> FindInMemory(const RequestKey& key) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::optional<int64_t> LastSeqInMemory(absl::string_view learner_id) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::mutex files_mutex_;  // who reads a part of the ledger for the files, until it is there
  const std::unique_ptr<IndexFiles> files_;
  const ReadLedgerPage read_;
  const TailBounds bounds_;

  std::mutex mutex_;
  std::condition_variable changed_;
  LedgerTail young_ ABSL_GUARDED_BY(mutex_);
  FilesMemo memo_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<LedgerTail> moving_ ABSL_GUARDED_BY(mutex_);  // older than `young_`; null when all is moved
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);                // of the last try to move
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread mover_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_INDEX_H_
