#include "common/sql/database.h"

#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "common/sql/guard.h"

namespace edirae::sql {
namespace {

// Runs before anything is written. WAL is a property of the file, the rest of the connection.
constexpr char kReadWriteSettings[] = R"(
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA mmap_size = 0;
  PRAGMA wal_autocheckpoint = 1000;
  PRAGMA journal_size_limit = 67108864;
)";

constexpr char kReadOnlySettings[] = R"(
  PRAGMA query_only = ON;
  PRAGMA mmap_size = 0;
)";

absl::Status Annotate(const absl::Status& status, const std::string& path) {
  return absl::Status(status.code(), absl::StrCat(path, ": ", status.message()));
}

absl::StatusOr<std::unique_ptr<SQLite::Database>> Open(const std::string& path, int flags, const char* settings) {
  absl::StatusOr<std::unique_ptr<SQLite::Database>> db = Guard([&] {
    auto opened = std::make_unique<SQLite::Database>(path, flags, kBusyTimeoutMs);
    opened->exec(settings);
    opened->execAndGet("SELECT count(*) FROM sqlite_schema");  // reads the header: is it a database at all?
    return opened;
  });
  if (!db.ok()) return Annotate(db.status(), path);
  return db;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SQLite::Database>> OpenReadWrite(const std::string& path) {
  absl::StatusOr<std::unique_ptr<SQLite::Database>> db =
      Open(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kReadWriteSettings);
  if (!db.ok()) return db;
  // Some file systems cannot do WAL, and SQLite then keeps another mode without an error.
  absl::StatusOr<std::string> mode = Guard([&] { return (*db)->execAndGet("PRAGMA journal_mode").getString(); });
  if (!mode.ok()) return Annotate(mode.status(), path);
  if (*mode != "wal" && path != ":memory:") {
    return absl::UnavailableError(absl::StrCat(path, ": SQLite cannot use a write-ahead log here (", *mode, ")"));
  }
  return db;
}

absl::StatusOr<std::unique_ptr<SQLite::Database>> OpenReadOnly(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) {
    return absl::NotFoundError(absl::StrCat(path, ": no such database"));
  }
  absl::StatusOr<std::unique_ptr<SQLite::Database>> db = Open(path, SQLite::OPEN_READONLY, kReadOnlySettings);
  if (!db.ok()) return db;
  sqlite3_db_config((*db)->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return db;
}

absl::Status Migrate(SQLite::Database& db, std::span<const char* const> steps) {
  size_t next = 0;  // the step under way, for the message
  absl::Status status = Guard([&]() -> absl::Status {
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    const int64_t version = db.execAndGet("PRAGMA user_version").getInt64();
    if (version < 0 || static_cast<size_t>(version) > steps.size()) {
      return absl::FailedPreconditionError(absl::StrCat("the schema has version ", version, ", this program knows ",
                                                        steps.size(), ": run a newer program"));
    }
    if (static_cast<size_t>(version) == steps.size()) return absl::OkStatus();
    for (next = static_cast<size_t>(version); next < steps.size(); ++next) db.exec(steps[next]);
    db.exec(absl::StrCat("PRAGMA user_version = ", steps.size()));
    transaction.commit();
    return absl::OkStatus();
  });
  if (status.ok()) return status;
  return absl::Status(status.code(),
                      absl::StrCat(db.getFilename(), ": migration from version ", next, ": ", status.message()));
}

}  // namespace edirae::sql
