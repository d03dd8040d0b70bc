#ifndef EDIRAE_COMMON_SQL_DATABASE_H_
#define EDIRAE_COMMON_SQL_DATABASE_H_

#include <SQLiteCpp/Database.h>

#include <memory>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Opens SQLite files with the settings every Edirae ledger and cache runs under.
//
// One connection per file writes and checkpoints (Debian's SQLite 3.40.1 predates the fix of a WAL-reset corruption);
// any number of read-only connections may stand beside it. A connection belongs to one thread at a time. SQLiteCpp
// throws: wrap every use in Guard() (guard.h).
namespace edirae::sql {

// How long a statement waits for another connection's lock before UNAVAILABLE.
inline constexpr int kBusyTimeoutMs = 5000;

// Opens `path` for reading and writing and creates the file when absent (its folder must exist). WAL, synchronous=FULL:
// a commit that returned survives a power cut. Foreign keys are enforced, mmap is off, the WAL is checkpointed
// every 1,000 pages, which measured the shortest longest commits, and truncated to 64 MiB. Hold a FolderLock on the
// folder first.
//
// Errors: DATA_LOSS (not a database, corrupt), PERMISSION_DENIED, UNAVAILABLE (locked, I/O, cannot be opened).
absl::StatusOr<std::unique_ptr<SQLite::Database>> OpenReadWrite(const std::string& path);

// Opens an existing file for reading only; never checkpoints, not even when it closes last.
//
// Errors: NOT_FOUND when the file does not exist, otherwise as OpenReadWrite.
absl::StatusOr<std::unique_ptr<SQLite::Database>> OpenReadOnly(const std::string& path);

// Brings the schema to version steps.size(). steps[i] is SQL (several statements may be given) that leads from version
// i to i + 1; the version is PRAGMA user_version. All missing steps run in one transaction: all or none. Steps
// that were ever released must never change; append new ones.
//
// Errors: FAILED_PRECONDITION when the file's version is newer than this program knows; errors of Guard() otherwise,
// naming the step that failed.
absl::Status Migrate(SQLite::Database& db, std::span<const char* const> steps);

}  // namespace edirae::sql

#endif  // EDIRAE_COMMON_SQL_DATABASE_H_
