#include "services/progress/adapters/sqlite_event_store.h"

#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/sql/guard.h"
#include "common/sql/storage.h"
#include "common/status/macros.h"
#include "services/progress/adapters/sqlite_connections.h"
#include "services/progress/adapters/sqlite_schema.h"
#include "services/progress/limits.h"
#include "xxhash.h"

namespace edirae::progress {
namespace {

// Large enough for the inner pages of a large ledger. Not larger: SQLite 3.40 visits every cached page in a commit that
// split one, which took 12 % of the writer's time with 64 MiB.
constexpr char kWriteCache[] = "PRAGMA cache_size = -8192";
constexpr char kReadCache[] = "PRAGMA cache_size = -16384";

// The newest schema, with settings by which nothing that is deleted stays in the file.
absl::Status Prepare(SQLite::Database& db) {
  EDIRAE_ASSIGN_OR_RETURN(const bool had_leftovers, sql::Guard([&] {
                            db.exec("PRAGMA secure_delete = ON");
                            AddPseudonymFunction(db);
                            const int64_t version = db.execAndGet("PRAGMA user_version").getInt64();
                            return version > 0 && version < kWipingSchema;
                          }));
  EDIRAE_RETURN_IF_ERROR(sql::Migrate(db, kLedgerSchema));
  return sql::Guard([&] {
    if (had_leftovers) {
      log::Info("writing the ledger's file anew, because older versions left deleted rows in it");
      db.exec("VACUUM");
    }
    db.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)");  // a log of before a crash may hold what was erased then
  });
}

uint64_t Fingerprint(const std::string& payload) { return XXH64(payload.data(), payload.size(), 0); }

}  // namespace

SqliteEventStore::SqliteEventStore(sql::FolderLock lock) : lock_(std::move(lock)) {}
SqliteEventStore::~SqliteEventStore() {
  index_.reset();
  index_side_.reset();
  history_.reset();  // readers go first: the writing connection closes last and cleans up
  outbox_.reset();
}

absl::StatusOr<std::unique_ptr<SqliteEventStore>> SqliteEventStore::Open(const std::string& folder) {
  EDIRAE_ASSIGN_OR_RETURN(sql::FolderLock lock, sql::FolderLock::Acquire(folder));
  const std::string path = absl::StrCat(folder, "/ledger.db");
  EDIRAE_ASSIGN_OR_RETURN(auto write, sql::OpenReadWrite(path));
  EDIRAE_RETURN_IF_ERROR(Prepare(*write));
  EDIRAE_ASSIGN_OR_RETURN(auto history, sql::OpenReadOnly(path));
  EDIRAE_ASSIGN_OR_RETURN(auto outbox, sql::OpenReadOnly(path));
  EDIRAE_ASSIGN_OR_RETURN(auto index, sql::OpenReadOnly(path));
  auto store = std::unique_ptr<SqliteEventStore>(new SqliteEventStore(std::move(lock)));
  EDIRAE_RETURN_IF_ERROR(sql::Guard([&] {
    write->exec(kWriteCache);
    history->exec(kReadCache);
    store->last_position_ = write->execAndGet("SELECT coalesce(max(position), 0) FROM event").getInt64();
    store->write_ = std::make_unique<LedgerWriteSide>(std::move(write));
    store->history_ = std::make_unique<LedgerHistorySide>(std::move(history));
    store->outbox_ = std::make_unique<LedgerOutboxSide>(std::move(outbox));
    store->index_side_ = std::make_unique<LedgerIndexSide>(std::move(index));
  }));
  EDIRAE_ASSIGN_OR_RETURN(auto files, IndexFiles::Open(absl::StrCat(folder, "/ledger.index")));
  EDIRAE_RETURN_IF_ERROR(store->ForgetInterrupted(*files));
  EDIRAE_RETURN_IF_ERROR(store->CheckFiles(*files));
  const auto read = [opened = store.get()](int64_t after, int64_t up_to) { return opened->ReadForIndex(after, up_to); };
  EDIRAE_ASSIGN_OR_RETURN(store->index_, LedgerIndex::Start(std::move(files), read, store->last_position_));
  EDIRAE_RETURN_IF_ERROR(store->WipeErased());  // of an erasure that a crash interrupted
  return store;
}

absl::Status SqliteEventStore::CheckFiles(IndexFiles& files) {
  EDIRAE_ASSIGN_OR_RETURN(const IndexMark mark, files.mark());
  if (mark.position == 0) return absl::OkStatus();
  EDIRAE_ASSIGN_OR_RETURN(const bool ours, sql::Guard([&] {
                            Use event(history_->event);
                            event->bind(1, mark.position);
                            return event->executeStep() && Fingerprint(Blob(event->getColumn(1))) == mark.fingerprint;
                          }));
  if (ours) return absl::OkStatus();
  log::Warn("the ledger's index is of another ledger and will be made again");
  return files.Clear();
}

absl::StatusOr<LedgerPage> SqliteEventStore::ReadForIndex(int64_t after, int64_t up_to) {
  return sql::Guard([&] {
    LedgerPage read;
    Use page(index_side_->page);
    page->bind(1, after);
    page->bind(2, up_to);
    while (page->executeStep()) {
      read.rows.push_back(
          {page->getColumn(0), page->getColumn(1).getString(), page->getColumn(2), page->getColumn(3).getString()});
    }
    if (read.rows.empty()) return read;
    Use last(index_side_->payload);
    last->bind(1, read.rows.back().position);
    if (last->executeStep()) read.last_fingerprint = Fingerprint(Blob(last->getColumn(0)));
    return read;
  });
}

absl::StatusOr<int64_t> SqliteEventStore::Append(std::span<const NewEvent> events) {
  const std::lock_guard guard(write_->mutex);
  const int64_t first = last_position_ + 1;
  if (events.empty()) return first;
  std::vector<IndexedEvent> indexed;
  indexed.reserve(events.size());
  for (const NewEvent& event : events) {
    const int64_t position = first + static_cast<int64_t>(indexed.size());
    indexed.push_back({position, event.learner_id, event.learner_seq, event.request_id});
  }
  EDIRAE_RETURN_IF_ERROR(sql::CheckInPlace(*write_->db));
  EDIRAE_RETURN_IF_ERROR(index_->WaitForRoom());
  EDIRAE_ASSIGN_OR_RETURN(const bool conflict, index_->Conflicts(indexed));
  if (conflict) return absl::AbortedError("a place in a learner's history or a request id is taken");
  EDIRAE_RETURN_IF_ERROR(sql::Guard([&] {
    SQLite::Transaction transaction(*write_->db, SQLite::TransactionBehavior::IMMEDIATE);
    int64_t position = first;
    for (const NewEvent& event : events) {
      if (event.learner_seq == 1) write_->AddLearner(event.learner_id, fresh_keys_.Get(event.learner_id));
      write_->Insert(event, position++);
    }
    transaction.commit();
  }));
  for (const NewEvent& event : events) {
    if (event.learner_seq == 1) fresh_keys_.LetGo(event.learner_id);
  }
  last_position_ += static_cast<int64_t>(events.size());
  last_append_ = std::chrono::steady_clock::now();
  index_->Add(indexed);
  return first;
}

absl::StatusOr<std::vector<std::optional<StoredRequest>>> SqliteEventStore::FindRequests(
    std::span<const RequestKey> keys) {
  EDIRAE_ASSIGN_OR_RETURN(const auto positions, index_->FindRequests(keys));
  std::vector<std::optional<StoredRequest>> found(keys.size());
  if (std::ranges::none_of(positions, [](const auto& position) { return position.has_value(); })) return found;
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&] {
    for (size_t i = 0; i < keys.size(); ++i) {
      if (!positions[i].has_value()) continue;
      Use request(write_->request);
      request->bind(1, *positions[i]);
      if (!request->executeStep()) continue;
      found[i] = StoredRequest{static_cast<uint64_t>(request->getColumn(0).getInt64()), Blob(request->getColumn(1))};
    }
    return found;
  });
}

absl::StatusOr<std::vector<StoredEvent>> SqliteEventStore::ReadLearner(const std::string& learner_id, int64_t after_seq,
                                                                       int max_events, size_t max_bytes) {
  EDIRAE_ASSIGN_OR_RETURN(const auto positions, index_->Positions(learner_id, after_seq, max_events));
  auto events = ReadPositions(positions, max_bytes);
  if (!absl::IsDataLoss(events.status())) return events;
  // They may have been erased in between; then the index knows it by now.
  EDIRAE_ASSIGN_OR_RETURN(const auto left, index_->Positions(learner_id, after_seq, max_events));
  return left == positions ? events : ReadPositions(left, max_bytes);
}

absl::StatusOr<std::vector<StoredEvent>> SqliteEventStore::ReadPositions(std::span<const int64_t> positions,
                                                                         size_t max_bytes) {
  const std::lock_guard guard(history_->mutex);
  return sql::Guard([&]() -> absl::StatusOr<std::vector<StoredEvent>> {
    std::vector<StoredEvent> events;
    size_t bytes = 0;
    for (const int64_t position : positions) {
      if (bytes >= max_bytes) break;
      Use event(history_->event);
      event->bind(1, position);
      if (!event->executeStep()) return absl::DataLossError(absl::StrCat("the ledger has no position ", position));
      events.push_back({position, event->getColumn(0), Blob(event->getColumn(1)), ""});
      bytes += events.back().payload.size();
    }
    return events;
  });
}

absl::StatusOr<int64_t> SqliteEventStore::LastSeq(const std::string& learner_id) { return index_->LastSeq(learner_id); }

absl::StatusOr<std::vector<StoredEvent>> SqliteEventStore::ReadCommitted(int64_t after_position, int max_events) {
  const std::lock_guard guard(outbox_->mutex);
  return sql::Guard([&] {
    std::vector<StoredEvent> events;
    Use page(outbox_->page);
    page->bind(1, after_position);
    page->bind(2, max_events);
    while (page->executeStep()) {
      std::string pseudonym = outbox_->PseudonymOf(page->getColumn(3).getString());
      if (pseudonym.empty()) continue;  // erased just now
      events.push_back({page->getColumn(0), page->getColumn(1), Blob(page->getColumn(2)), std::move(pseudonym)});
    }
    return events;
  });
}

absl::StatusOr<RelayCursor> SqliteEventStore::ReadRelayCursor() {
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&] { return write_->Cursor(); });
}

absl::Status SqliteEventStore::SaveRelayProgress(const RelayCursor& cursor, std::span<const PublishedRun> runs) {
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&] {
    SQLite::Transaction transaction(*write_->db, SQLite::TransactionBehavior::IMMEDIATE);
    write_->Save(cursor);
    PublishedRun last;
    {
      Use statement(write_->last_run);
      last = LedgerWriteSide::Run(statement);
    }
    for (const PublishedRun& run : runs) {
      if (run.first_stream_seq >= last.first_stream_seq + last.count) {
        write_->AddBehind(run, last);
      } else {
        write_->AddWhereUnknown(run);
        Use statement(write_->last_run);
        last = LedgerWriteSide::Run(statement);
      }
    }
    transaction.commit();
  });
}

absl::StatusOr<std::vector<PublishedRun>> SqliteEventStore::ReadPublishedRuns() {
  const std::lock_guard guard(outbox_->mutex);
  return sql::Guard([&] {
    std::vector<PublishedRun> runs;
    Use statement(outbox_->runs);
    while (statement->executeStep()) {
      runs.push_back({statement->getColumn(0), statement->getColumn(1), statement->getColumn(2)});
    }
    return runs;
  });
}

absl::StatusOr<RelayCursor> SqliteEventStore::RewindRelay(int64_t last_stream_seq) {
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&] {
    SQLite::Transaction transaction(*write_->db, SQLite::TransactionBehavior::IMMEDIATE);
    RelayCursor cursor = write_->Cursor();
    SQLite::Statement lost(*write_->db,
                           "SELECT min(first_position + max(0, ?1 + 1 - first_stream_seq)) FROM published_run "
                           "WHERE first_stream_seq + count - 1 > ?1");
    lost.bind(1, last_stream_seq);
    lost.executeStep();
    if (!lost.getColumn(0).isNull()) cursor.position = std::min(cursor.position, lost.getColumn(0).getInt64() - 1);
    cursor.stream_seq = std::min(cursor.stream_seq, last_stream_seq);
    lost.reset();
    SQLite::Statement forget(*write_->db, "DELETE FROM published_run WHERE first_stream_seq > ?");
    forget.bind(1, last_stream_seq);
    forget.exec();
    SQLite::Statement shorten(*write_->db,
                              "UPDATE published_run SET count = ?1 - first_stream_seq + 1 "
                              "WHERE first_stream_seq + count - 1 > ?1");
    shorten.bind(1, last_stream_seq);
    shorten.exec();
    write_->Save(cursor);
    transaction.commit();
    return cursor;
  });
}

absl::StatusOr<RelayCursor> SqliteEventStore::StartRelayEpoch(int64_t epoch) {
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&] {
    SQLite::Transaction transaction(*write_->db, SQLite::TransactionBehavior::IMMEDIATE);
    write_->db->exec("DELETE FROM published_run");
    const RelayCursor cursor{epoch, 0, 0};
    write_->Save(cursor);
    transaction.commit();
    return cursor;
  });
}

absl::Status SqliteEventStore::Probe() {
  {
    const std::lock_guard guard(write_->mutex);
    EDIRAE_RETURN_IF_ERROR(sql::CheckInPlace(*write_->db));
    EDIRAE_RETURN_IF_ERROR(sql::CheckRoom(*write_->db));
    EDIRAE_RETURN_IF_ERROR(index_->WaitForRoom());
    // A busy ledger proves it itself, and has no time for commits that nobody waits for.
    if (std::chrono::steady_clock::now() - last_append_ > absl::ToChronoNanoseconds(limits::kProbeRest)) {
      EDIRAE_RETURN_IF_ERROR(sql::CheckWrites(*write_->db));
    }
  }
  const std::lock_guard guard(history_->mutex);
  return sql::Guard([&] {
    Use event(history_->event);
    event->bind(1, 1);
    event->executeStep();
  });
}

absl::Status SqliteEventStore::SetMaxBytes(int64_t max_bytes) {
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&] {
    const int64_t page_size = write_->db->execAndGet("PRAGMA page_size").getInt64();
    const int64_t pages = max_bytes == 0 ? 1'073'741'823 : std::max<int64_t>(1, max_bytes / page_size);
    write_->db->execAndGet(absl::StrCat("PRAGMA max_page_count = ", pages));
  });
}

}  // namespace edirae::progress
