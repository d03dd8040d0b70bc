#ifndef EDIRAE_COMMON_SQL_FOLDER_LOCK_H_
#define EDIRAE_COMMON_SQL_FOLDER_LOCK_H_

#include <string>

#include "absl/status/statusor.h"

namespace edirae::sql {

// The right to be the one writer of a data folder: an exclusive flock on <folder>/LOCK, which holds the holder's pid.
//
// Released by destruction and, by the kernel, when the process dies; a LOCK file that is left over does not bar anyone.
// Move-only; not synchronised. flock does not exclude hosts on every network file system: data folders are local disks.
class FolderLock {
 public:
  // Creates `folder` (and missing parents) with mode 0700 when absent, then locks it without waiting.
  //
  // Errors: FAILED_PRECONDITION when another writer (in this process or another) holds it, naming folder and pid;
  // INVALID_ARGUMENT when `folder` is something else; PERMISSION_DENIED, NOT_FOUND or UNAVAILABLE when folder or file
  // cannot be made.
  static absl::StatusOr<FolderLock> Acquire(const std::string& folder);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

  const std::string& folder() const { return folder_; }

 private:
  FolderLock(std::string folder, int descriptor) : folder_(std::move(folder)), descriptor_(descriptor) {}

  std::string folder_;
  int descriptor_ = -1;  // owned; -1 after a move
};

}  // namespace edirae::sql

#endif  // EDIRAE_COMMON_SQL_FOLDER_LOCK_H_
