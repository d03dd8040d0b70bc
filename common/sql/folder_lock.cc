#include "common/sql/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace edirae::sql {
namespace {

// Missing parents get 0700 as well: nobody else has business in a data folder.
absl::Status MakeFolder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return absl::OkStatus();
  const std::filesystem::path parent = folder.parent_path();
  if (!parent.empty() && parent != folder) {
    if (absl::Status made = MakeFolder(parent); !made.ok()) return made;
  }
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot create the folder ", folder.string()));
  }
  if (!std::filesystem::is_directory(folder, error)) {
    return absl::InvalidArgumentError(absl::StrCat(folder.string(), " is not a folder"));
  }
  return absl::OkStatus();
}

std::string HolderOf(int descriptor) {
  char text[32];
  const ssize_t length = ::pread(descriptor, text, sizeof(text), 0);
  if (length <= 0) return "unknown";
  std::string_view pid(text, static_cast<size_t>(length));
  return std::string(pid.substr(0, pid.find('\n')));
}

}  // namespace

absl::StatusOr<FolderLock> FolderLock::Acquire(const std::string& folder) {
  std::string trimmed(absl::StripSuffix(folder, "/"));
  if (folder.empty()) return absl::InvalidArgumentError("no data folder was given");
  if (trimmed.empty()) trimmed = folder;
  if (absl::Status made = MakeFolder(trimmed); !made.ok()) return made;

  const std::string file = absl::StrCat(trimmed, "/LOCK");
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", file));
  FolderLock lock(trimmed, descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return absl::ErrnoToStatus(errno, absl::StrCat("cannot lock ", file));
    return absl::FailedPreconditionError(
        absl::StrCat("the data folder ", trimmed, " is in use by another writer (pid ", HolderOf(descriptor), ")"));
  }
  // The pid is there for the message above; the lock itself is the flock.
  const std::string pid = absl::StrCat(::getpid(), "\n");
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, pid.data(), pid.size(), 0) < 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", file));
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : folder_(std::move(other.folder_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(folder_, other.folder_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace edirae::sql
