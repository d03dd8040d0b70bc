#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_EVENT_STORE_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_EVENT_STORE_H_

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/sql/database.h"
#include "common/sql/folder_lock.h"
#include "services/progress/adapters/fresh_keys.h"
#include "services/progress/adapters/ledger_index.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

struct LedgerWriteSide;
struct LedgerHistorySide;
struct LedgerOutboxSide;
struct LedgerIndexSide;

// The ledger in one SQLite file, `ledger.db` of its data folder, in WAL with synchronous=FULL; beside it, in
// `ledger.index`, where the events of each learner are. Holds the folder's lock, so that there is one writer.
// Thread-safe: one connection writes, and one each reads histories, the outbox and what is to be indexed, so that
// no reader waits for a commit.
class SqliteEventStore final : public EventStore {
 public:
  // Brings the index up to the ledger first: after a crash that is what the index had in memory, after the loss of
  // the index everything. FAILED_PRECONDITION when another process holds the folder or the file is of a newer version;
  // errors of sql::OpenReadWrite and IndexFiles.
  static absl::StatusOr<std::unique_ptr<SqliteEventStore>> Open(const std::string& folder);
  ~SqliteEventStore() override;

  absl::StatusOr<int64_t> Append(std::span<const NewEvent> events) override;
  absl::StatusOr<std::vector<std::optional<StoredRequest>>> FindRequests(std::span<const RequestKey> keys) override;
  absl::StatusOr<std::vector<StoredEvent>> ReadLearner(const std::string& learner_id, int64_t after_seq, int max_events,
                                                       size_t max_bytes) override;
  absl::StatusOr<int64_t> LastSeq(const std::string& learner_id) override;
  absl::StatusOr<std::vector<StoredEvent>> ReadCommitted(int64_t after_position, int max_events) override;
  absl::StatusOr<int64_t> LastPosition() override { return last_position_.load(); }
  absl::StatusOr<RelayCursor> ReadRelayCursor() override;
  absl::Status SaveRelayProgress(const RelayCursor& cursor, std::span<const PublishedRun> runs) override;
  absl::StatusOr<std::vector<PublishedRun>> ReadPublishedRuns() override;
  absl::StatusOr<RelayCursor> RewindRelay(int64_t last_stream_seq) override;
  absl::StatusOr<RelayCursor> StartRelayEpoch(int64_t epoch) override;
  absl::Status Probe() override;
  absl::StatusOr<std::string> Pseudonym(const std::string& learner_id) override;
  absl::StatusOr<std::optional<std::string>> LearnerOf(const std::string& pseudonym) override;
  absl::StatusOr<std::vector<std::string>> ListLearners(const std::string& after_learner_id, int max_learners) override;
  absl::StatusOr<Erasure> Erase(const EraseCommand& command) override;
  absl::Status WipeErased() override;
  absl::StatusOr<std::optional<Erasure>> FindErasure(const std::string& receipt_key) override;
  absl::StatusOr<std::vector<UnfinishedErasure>> ReadUnfinishedErasures(int max_erasures) override;
  absl::Status SaveErasure(const std::string& receipt_key, int64_t stream_message_count,
                           std::optional<absl::Time> complete_time) override;
  absl::Status SaveProof(const std::string& receipt_key, const ErasureProof& proof) override;

  // Bounds the file's size, as a full disk would; 0 lifts the bound. For tests.
  absl::Status SetMaxBytes(int64_t max_bytes);

 private:
  explicit SqliteEventStore(sql::FolderLock lock);

  // Empties the files when they are of another ledger.
  absl::Status CheckFiles(IndexFiles& files);
  absl::StatusOr<LedgerPage> ReadForIndex(int64_t after, int64_t up_to);
  // The events at positions where something is.
  absl::StatusOr<std::vector<StoredEvent>> ReadPositions(std::span<const int64_t> positions, size_t max_bytes);
  absl::StatusOr<std::vector<int64_t>> AllPositions(const std::string& learner_id);
  // The transaction of Erase. While the write side's mutex is held.
  absl::StatusOr<Erasure> EraseRows(const EraseCommand& command, const std::vector<int64_t>& positions,
                                    std::vector<std::string>& request_ids);
  // Finishes what a crash kept Erase from doing to the files.
  absl::Status ForgetInterrupted(IndexFiles& files);
  // The mark of the last event that is left of those up to a position.
  absl::StatusOr<IndexMark> MarkUpTo(int64_t position);

  const sql::FolderLock lock_;
  FreshKeys fresh_keys_;
  std::unique_ptr<LedgerWriteSide> write_;
  std::chrono::steady_clock::time_point last_append_;  // under the write side's mutex
  std::unique_ptr<LedgerHistorySide> history_;
  std::unique_ptr<LedgerOutboxSide> outbox_;
  std::unique_ptr<LedgerIndexSide> index_side_;
  std::unique_ptr<LedgerIndex> index_;        // reads the ledger, so it goes first
  std::atomic<int64_t> last_position_ = 0;    // written under the write side's mutex
  std::atomic<bool> log_has_erased_ = false;  // the write-ahead log may hold rows of an erased learner
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_EVENT_STORE_H_
