#include "common/sql/guard.h"

#include <sqlite3.h>

namespace edirae::sql {
namespace {

absl::StatusCode CodeOf(int primary, int extended) {
  switch (primary) {
    case SQLITE_FULL:
    case SQLITE_NOMEM:
      return absl::StatusCode::kResourceExhausted;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
      return absl::StatusCode::kUnavailable;
    case SQLITE_IOERR:
      return extended == SQLITE_IOERR_DATA || extended == SQLITE_IOERR_CORRUPTFS ? absl::StatusCode::kDataLoss
                                                                                 : absl::StatusCode::kUnavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::StatusCode::kDataLoss;
    case SQLITE_CONSTRAINT:
      return extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
                     extended == SQLITE_CONSTRAINT_ROWID
                 ? absl::StatusCode::kAlreadyExists
                 : absl::StatusCode::kFailedPrecondition;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return absl::StatusCode::kPermissionDenied;
    case SQLITE_TOOBIG:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
      return absl::StatusCode::kInvalidArgument;
    case SQLITE_INTERRUPT:
    case SQLITE_ABORT:
      return absl::StatusCode::kCancelled;
    default:
      return absl::StatusCode::kInternal;
  }
}

}  // namespace

absl::Status ToStatus(const SQLite::Exception& error) {
  const int extended = error.getExtendedErrorCode();
  const int code = error.getErrorCode();
  // SQLiteCpp sets -1 for its own complaints (e.g. a column index out of range), which no caller can mend.
  const int primary = code >= 0 ? code & 0xff : SQLITE_ERROR;
  return absl::Status(CodeOf(primary, extended),
                      absl::StrCat("SQLite: ", error.what(), " (", sqlite3_errstr(primary), ", code ", extended, ")"));
}

}  // namespace edirae::sql
