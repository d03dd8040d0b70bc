#include "common/sql/storage.h"

#include <sqlite3.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "common/sql/guard.h"

namespace edirae::sql {

absl::Status CheckInPlace(SQLite::Database& db) {
  int moved = 0;
  sqlite3_file_control(db.getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (moved == 0) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(db.getFilename(),
                                             ": the file is gone from its folder; put it back, or restart the program "
                                             "to open what is there now"));
}

absl::Status CheckRoom(const SQLite::Database& db) {
  struct statvfs disk {};
  if (statvfs(db.getFilename().c_str(), &disk) != 0) {
    return absl::UnavailableError(absl::StrCat(db.getFilename(), ": ", std::strerror(errno)));
  }
  const auto room = static_cast<int64_t>(disk.f_bavail) * static_cast<int64_t>(disk.f_frsize);
  if (room >= kLeastRoom) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat(db.getFilename(), ": the disk is full: ", room, " bytes are left of ", kLeastRoom, " needed"));
}

absl::Status CheckWrites(SQLite::Database& db) {
  return Guard([&] {
    db.exec("CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY CHECK (id = 1), times INTEGER NOT NULL)");
    db.exec("INSERT INTO probe VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET times = times + 1");
  });
}

}  // namespace edirae::sql
