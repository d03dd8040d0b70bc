#ifndef EDIRAE_COMMON_SQL_STORAGE_H_
#define EDIRAE_COMMON_SQL_STORAGE_H_

#include <SQLiteCpp/Database.h>

#include <cstdint>

#include "absl/status/status.h"

// Whether what is below a database still carries it. SQLite itself notices neither a folder that is gone (it goes on
// writing to a file that nobody can open any more) nor a disk that is about to be full.
namespace edirae::sql {

// A file system with less than this many bytes left counts as full: some commits would still fit, and the next not.
inline constexpr int64_t kLeastRoom = int64_t{4} << 20;

// OK while the file that `db` has open is the one under its name; costs one stat(2).
//
// Errors: UNAVAILABLE when it was removed or moved, or something else was mounted in its place: what is committed now
// would be lost at the next start.
absl::Status CheckInPlace(SQLite::Database& db);

// OK while the file system of `db` has room.
//
// Errors: RESOURCE_EXHAUSTED with less than kLeastRoom; UNAVAILABLE when the file system does not answer.
absl::Status CheckRoom(const SQLite::Database& db);

// OK when a commit reaches the disk, or as far as `db` is set to make sure. Counts in a table of its own, `probe`:
// SQLite writes nothing for an update that changes nothing. Not inside a transaction.
//
// Errors: those of Guard, e.g. UNAVAILABLE when the disk says that it could not keep what was written.
absl::Status CheckWrites(SQLite::Database& db);

}  // namespace edirae::sql

#endif  // EDIRAE_COMMON_SQL_STORAGE_H_
