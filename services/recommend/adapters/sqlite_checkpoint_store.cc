#include "services/recommend/adapters/sqlite_checkpoint_store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/ids/ids.h"
#include "common/sql/guard.h"
#include "common/sql/storage.h"
#include "common/sql/use.h"
#include "common/status/macros.h"
#include "services/recommend/adapters/state_codec.h"

namespace edirae::recommend {
namespace {

// Released steps never change; append.
constexpr const char* kSchema[] = {
    R"sql(
      CREATE TABLE store (id TEXT NOT NULL);
      CREATE TABLE checkpoint (
        learner_id  TEXT NOT NULL PRIMARY KEY,
        applied_seq INTEGER NOT NULL,
        state       BLOB NOT NULL  -- state_codec.h
      );
    )sql",
    // Folds before this step had no name.
    "ALTER TABLE store ADD COLUMN fold TEXT NOT NULL DEFAULT ''",
    // Learners are pseudonyms from here on: everything is folded again, by a consumer of another name.
    R"sql(
      DELETE FROM checkpoint;
      DELETE FROM store;
    )sql",
    // Until this step the bus remembered how far the stream had been read: it is read once more, as repetitions.
    R"sql(
      CREATE TABLE place (  -- ReadPlace
        partition INTEGER PRIMARY KEY,
        stream    INTEGER NOT NULL,
        seq       INTEGER NOT NULL,
        mark_seq  INTEGER NOT NULL,
        mark_time INTEGER NOT NULL
      );
    )sql"};

constexpr char kUpsert[] =
    "INSERT INTO checkpoint (learner_id, applied_seq, state) VALUES (?, ?, ?)"
    " ON CONFLICT (learner_id) DO UPDATE SET applied_seq = excluded.applied_seq, state = excluded.state";

constexpr char kReadPlaces[] = "SELECT partition, stream, seq, mark_seq, mark_time FROM place";
constexpr char kWritePlace[] =
    "INSERT OR REPLACE INTO place (partition, stream, seq, mark_seq, mark_time) VALUES (?, ?, ?, ?, ?)";

std::string EnsureStoreId(const std::string& fold, SQLite::Database& db) {
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  {
    SQLite::Statement known(db, "SELECT id FROM store WHERE fold = ?");
    known.bind(1, fold);
    if (known.executeStep()) return known.getColumn(0).getString();
  }
  db.exec("DELETE FROM checkpoint; DELETE FROM place; DELETE FROM store");
  std::string id = NewUuid7(absl::Now());
  SQLite::Statement insert(db, "INSERT INTO store (id, fold) VALUES (?, ?)");
  insert.bind(1, id);
  insert.bind(2, fold);
  insert.exec();
  transaction.commit();
  return id;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteCheckpointStore>> SqliteCheckpointStore::Open(const std::string& folder,
                                                                                   const std::string& fold) {
  EDIRAE_ASSIGN_OR_RETURN(sql::FolderLock lock, sql::FolderLock::Acquire(folder));
  const std::string path = absl::StrCat(folder, "/recommend.db");
  EDIRAE_ASSIGN_OR_RETURN(auto writer, sql::OpenReadWrite(path));
  EDIRAE_RETURN_IF_ERROR(sql::Guard([&] { writer->exec("PRAGMA secure_delete = ON"); }));
  EDIRAE_RETURN_IF_ERROR(sql::Migrate(*writer, kSchema));
  EDIRAE_ASSIGN_OR_RETURN(std::string store_id, sql::Guard([&] { return EnsureStoreId(fold, *writer); }));
  EDIRAE_ASSIGN_OR_RETURN(auto reader, sql::OpenReadOnly(path));
  return sql::Guard([&] {
    return std::unique_ptr<SqliteCheckpointStore>(
        new SqliteCheckpointStore(std::move(lock), std::move(writer), std::move(reader), std::move(store_id)));
  });
}

SqliteCheckpointStore::SqliteCheckpointStore(sql::FolderLock lock, std::unique_ptr<SQLite::Database> writer,
                                             std::unique_ptr<SQLite::Database> reader, std::string store_id)
    : lock_(std::move(lock)),
      store_id_(std::move(store_id)),
      writer_(std::move(writer)),
      reader_(std::move(reader)),
      load_(*reader_, "SELECT state FROM checkpoint WHERE learner_id = ?") {}

absl::StatusOr<std::shared_ptr<const LearnerState>> SqliteCheckpointStore::Load(const std::string& learner_id) {
  using Result = absl::StatusOr<std::shared_ptr<const LearnerState>>;
  const std::lock_guard lock(reader_mutex_);
  return sql::Guard([&]() -> Result {
    sql::Use load(load_);
    load->bindNoCopy(1, learner_id);
    if (!load->executeStep()) return nullptr;
    const SQLite::Column blob = load->getColumn(0);
    EDIRAE_ASSIGN_OR_RETURN(LearnerState state, DecodeState(learner_id, {static_cast<const char*>(blob.getBlob()),
                                                                         static_cast<size_t>(blob.getBytes())}));
    return std::make_shared<const LearnerState>(std::move(state));
  });
}

absl::StatusOr<std::vector<int>> SqliteCheckpointStore::Save(
    const std::vector<std::shared_ptr<const LearnerState>>& states, const Claims&) {
  if (states.empty()) return std::vector<int>();
  const std::lock_guard lock(writer_mutex_);
  return sql::Guard([&] {
    SQLite::Transaction transaction(*writer_, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement upsert(*writer_, kUpsert);
    for (const auto& state : states) {
      const std::string bytes = EncodeState(*state);
      upsert.bindNoCopy(1, state->learner_id);
      upsert.bind(2, state->applied_seq);
      upsert.bindNoCopy(3, bytes.data(), static_cast<int>(bytes.size()));
      upsert.exec();
      upsert.reset();
    }
    transaction.commit();
    return std::vector<int>();
  });
}

absl::StatusOr<ReadPlaces> SqliteCheckpointStore::LoadPlaces() {
  const std::lock_guard lock(reader_mutex_);
  return sql::Guard([&] {
    ReadPlaces places;
    SQLite::Statement select(*reader_, kReadPlaces);
    while (select.executeStep()) {
      places[select.getColumn(0).getInt()] = {
          .stream = select.getColumn(1).getInt64(),
          .seq = select.getColumn(2).getInt64(),
          .mark = {.seq = select.getColumn(3).getInt64(), .time = select.getColumn(4).getInt64()}};
    }
    return places;
  });
}

absl::Status SqliteCheckpointStore::SavePlaces(const ReadPlaces& places) {
  if (places.empty()) return absl::OkStatus();
  const std::lock_guard lock(writer_mutex_);
  return sql::Guard([&] {
    SQLite::Transaction transaction(*writer_, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement write(*writer_, kWritePlace);
    for (const auto& [partition, place] : places) {
      write.bind(1, partition);
      write.bind(2, place.stream);
      write.bind(3, place.seq);
      write.bind(4, place.mark.seq);
      write.bind(5, place.mark.time);
      write.exec();
      write.reset();
    }
    transaction.commit();
  });
}

absl::Status SqliteCheckpointStore::Probe() {
  {
    const std::lock_guard lock(writer_mutex_);
    EDIRAE_RETURN_IF_ERROR(sql::CheckInPlace(*writer_));
    EDIRAE_RETURN_IF_ERROR(sql::CheckRoom(*writer_));
    EDIRAE_RETURN_IF_ERROR(sql::CheckWrites(*writer_));
  }
  const std::lock_guard lock(reader_mutex_);
  return sql::Guard([&] { reader_->execAndGet("SELECT count(*) FROM store"); });
}

}  // namespace edirae::recommend
