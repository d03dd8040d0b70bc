#include "services/catalog/adapters/sqlite_revision_store.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/catalog_feed/digest.h"
#include "common/sql/database.h"
#include "common/sql/guard.h"
#include "common/status/macros.h"
#include "services/catalog/adapters/gzip.h"

namespace edirae::catalog {
namespace {

// How the file came about, version by version. A step that was ever released never changes. Content stands apart, so
// that lists do not read over it.
constexpr const char* kSchema[] = {R"(
  CREATE TABLE revision (
    number            INTEGER PRIMARY KEY,
    publish_time_ns   INTEGER NOT NULL,
    author            TEXT NOT NULL,
    note              TEXT NOT NULL,
    request_id        TEXT,     -- null for none
    restored_revision INTEGER,  -- null for new content
    roadmaps          INTEGER NOT NULL,
    concepts          INTEGER NOT NULL,
    questions         INTEGER NOT NULL,
    flashcards        INTEGER NOT NULL,
    digest            TEXT NOT NULL,
    content_bytes     INTEGER NOT NULL,
    UNIQUE (author, request_id)
  ) STRICT;
  CREATE TABLE revision_content (
    number INTEGER PRIMARY KEY REFERENCES revision,
    gzip   BLOB NOT NULL
  ) STRICT;
  CREATE TRIGGER revision_stays BEFORE UPDATE ON revision
    BEGIN SELECT RAISE(ABORT, 'a revision is immutable'); END;
  CREATE TRIGGER revision_content_stays BEFORE UPDATE ON revision_content
    BEGIN SELECT RAISE(ABORT, 'a revision is immutable'); END;

  CREATE TABLE announced (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    epoch  INTEGER NOT NULL,
    number INTEGER NOT NULL
  ) STRICT;
  INSERT INTO announced VALUES (1, 0, 0);
)"};

constexpr char kColumns[] =
    "number, publish_time_ns, author, note, coalesce(request_id, ''), coalesce(restored_revision, 0), roadmaps, "
    "concepts, questions, flashcards, digest, content_bytes";

RevisionRecord RecordOf(SQLite::Statement& row) {
  RevisionRecord record;
  record.number = row.getColumn(0);
  record.publish_time = absl::FromUnixNanos(row.getColumn(1).getInt64());
  record.author = row.getColumn(2).getString();
  record.note = row.getColumn(3).getString();
  record.request_id = row.getColumn(4).getString();
  record.restored_revision = row.getColumn(5);
  record.counts = {row.getColumn(6), row.getColumn(7), row.getColumn(8), row.getColumn(9)};
  record.digest = row.getColumn(10).getString();
  record.content_bytes = row.getColumn(11);
  return record;
}

std::optional<RevisionRecord> RecordIn(SQLite::Statement& query) {
  if (!query.executeStep()) return std::nullopt;
  return RecordOf(query);
}

std::string Select(absl::string_view rest) { return absl::StrCat("SELECT ", kColumns, " FROM revision ", rest); }

RevisionRecord RecordFor(const NewRevision& revision, int64_t number) {
  RevisionRecord record;
  record.number = number;
  record.publish_time = revision.publish_time;
  record.author = revision.author;
  record.note = revision.note;
  record.request_id = revision.request_id;
  record.restored_revision = revision.restored_revision;
  record.counts = revision.counts;
  record.digest = revision.content.digest;
  record.content_bytes = revision.content.bytes;
  return record;
}

void Insert(SQLite::Database& db, const RevisionRecord& record, const std::string& gzip) {
  SQLite::Statement row(db, "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(1, record.number);
  row.bind(2, absl::ToUnixNanos(record.publish_time));
  row.bind(3, record.author);
  row.bind(4, record.note);
  if (!record.request_id.empty()) row.bind(5, record.request_id);
  if (record.restored_revision != 0) row.bind(6, record.restored_revision);
  row.bind(7, record.counts.roadmaps);
  row.bind(8, record.counts.concepts);
  row.bind(9, record.counts.questions);
  row.bind(10, record.counts.flashcards);
  row.bind(11, record.digest);
  row.bind(12, record.content_bytes);
  row.exec();
  SQLite::Statement content(db, "INSERT INTO revision_content VALUES (?, ?)");
  content.bind(1, record.number);
  content.bindNoCopy(2, static_cast<const void*>(gzip.data()), static_cast<int>(gzip.size()));
  content.exec();
}

}  // namespace

SqliteRevisionStore::SqliteRevisionStore(sql::FolderLock lock, std::unique_ptr<SQLite::Database> db)
    : lock_(std::move(lock)), db_(std::move(db)) {}

SqliteRevisionStore::~SqliteRevisionStore() = default;

absl::StatusOr<std::unique_ptr<SqliteRevisionStore>> SqliteRevisionStore::Open(const std::string& folder) {
  EDIRAE_ASSIGN_OR_RETURN(sql::FolderLock lock, sql::FolderLock::Acquire(folder));
  EDIRAE_ASSIGN_OR_RETURN(auto db, sql::OpenReadWrite(absl::StrCat(folder, "/catalog.db")));
  EDIRAE_RETURN_IF_ERROR(sql::Migrate(*db, kSchema));
  return std::unique_ptr<SqliteRevisionStore>(new SqliteRevisionStore(std::move(lock), std::move(db)));
}

StagedContent SqliteRevisionStore::Stage(absl::string_view content) {
  return {.digest = DigestOfBytes(content), .bytes = static_cast<int64_t>(content.size()), .packed = Compress(content)};
}

absl::StatusOr<RevisionRecord> SqliteRevisionStore::Append(const NewRevision& revision, int64_t expected_head) {
  RevisionRecord record = RecordFor(revision, expected_head + 1);
  const std::lock_guard guard(mutex_);
  return sql::Guard([&]() -> absl::StatusOr<RevisionRecord> {
    SQLite::Transaction transaction(*db_, SQLite::TransactionBehavior::IMMEDIATE);
    const int64_t head = db_->execAndGet("SELECT coalesce(max(number), 0) FROM revision").getInt64();
    if (head != expected_head) {
      return absl::AbortedError(absl::StrCat("the newest revision is ", head, ", not ", expected_head));
    }
    Insert(*db_, record, revision.content.packed);
    transaction.commit();
    return record;
  });
}

absl::StatusOr<std::optional<RevisionRecord>> SqliteRevisionStore::Head() {
  const std::lock_guard guard(mutex_);
  return sql::Guard([&] {
    SQLite::Statement query(*db_, Select("ORDER BY number DESC LIMIT 1"));
    return RecordIn(query);
  });
}

absl::StatusOr<RevisionRecord> SqliteRevisionStore::Find(int64_t number) {
  const std::lock_guard guard(mutex_);
  return sql::Guard([&]() -> absl::StatusOr<RevisionRecord> {
    SQLite::Statement query(*db_, Select("WHERE number = ?"));
    query.bind(1, number);
    std::optional<RevisionRecord> record = RecordIn(query);
    if (!record) return absl::NotFoundError(absl::StrCat("there is no revision ", number));
    return *std::move(record);
  });
}

absl::StatusOr<std::optional<RevisionRecord>> SqliteRevisionStore::FindRequest(const std::string& author,
                                                                               const std::string& request_id) {
  const std::lock_guard guard(mutex_);
  return sql::Guard([&] {
    SQLite::Statement query(*db_, Select("WHERE author = ? AND request_id = ?"));
    query.bind(1, author);
    query.bind(2, request_id);
    return RecordIn(query);
  });
}

absl::StatusOr<std::vector<RevisionRecord>> SqliteRevisionStore::List(int64_t before, int max) {
  const std::lock_guard guard(mutex_);
  return sql::Guard([&] {
    SQLite::Statement query(*db_, Select("WHERE number < ? ORDER BY number DESC LIMIT ?"));
    query.bind(1, before);
    query.bind(2, max);
    std::vector<RevisionRecord> records;
    while (query.executeStep()) records.push_back(RecordOf(query));
    return records;
  });
}

absl::StatusOr<std::string> SqliteRevisionStore::ReadContent(int64_t number) {
  EDIRAE_ASSIGN_OR_RETURN(const RevisionRecord record, Find(number));
  const std::lock_guard guard(mutex_);
  return sql::Guard([&]() -> absl::StatusOr<std::string> {
    const auto damaged = [&](absl::string_view what) {
      return absl::DataLossError(absl::StrCat(db_->getFilename(), ": revision ", number, ": ", what));
    };
    SQLite::Statement query(*db_, "SELECT gzip FROM revision_content WHERE number = ?");
    query.bind(1, number);
    if (!query.executeStep()) return damaged("its content is missing");
    const SQLite::Column gzip = query.getColumn(0);
    absl::StatusOr<std::string> content =
        Decompress({static_cast<const char*>(gzip.getBlob()), static_cast<size_t>(gzip.getBytes())},
                   static_cast<size_t>(record.content_bytes));
    if (!content.ok()) return damaged(content.status().message());
    if (DigestOfBytes(*content) != record.digest) return damaged("its content does not fit its digest");
    return content;
  });
}

absl::StatusOr<AnnouncedMark> SqliteRevisionStore::ReadAnnounced() {
  const std::lock_guard guard(mutex_);
  return sql::Guard([&] {
    SQLite::Statement query(*db_, "SELECT epoch, number FROM announced");
    query.executeStep();
    return AnnouncedMark{query.getColumn(0), query.getColumn(1)};
  });
}

absl::Status SqliteRevisionStore::SaveAnnounced(const AnnouncedMark& mark) {
  const std::lock_guard guard(mutex_);
  return sql::Guard([&] {
    SQLite::Statement save(*db_, "UPDATE announced SET epoch = ?, number = ?");
    save.bind(1, mark.epoch);
    save.bind(2, mark.number);
    save.exec();
  });
}

}  // namespace edirae::catalog
