#include "services/catalog/adapters/content_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

namespace fs = std::filesystem;

// At most `limits::kMaxEntries` names that pass `keep`, in order.
template <class Keep>
std::vector<std::string> Names(const std::string& folder, const Keep& keep) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (names.size() == limits::kMaxEntries) break;
    if (keep(*entry)) names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool IsHidden(const fs::directory_entry& entry) { return absl::StartsWith(entry.path().filename().string(), "."); }

// Closes a descriptor at the end.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }

 private:
  const int fd_;
};

absl::Status CannotOpen(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return absl::NotFoundError("there is no such file");
    case ELOOP:
      return absl::FailedPreconditionError("this is a link, which is not followed");
    case ENXIO:
      return absl::FailedPreconditionError("this is no ordinary file");
    default:
      return absl::FailedPreconditionError("this file cannot be read");
  }
}

// Reads until the end, at most `text.size()` bytes. False on an error.
bool ReadInto(int fd, std::string& text) {
  size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got = read(fd, text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) break;
    filled += static_cast<size_t>(got);
  }
  text.resize(filled);
  return true;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FoldersIn(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return absl::NotFoundError(absl::StrCat("there is no folder '", folder, "'"));
  return Names(folder, [](const fs::directory_entry& entry) {
    std::error_code ignored;
    return (entry.is_symlink(ignored) || entry.is_directory(ignored)) && !IsHidden(entry);
  });
}

std::vector<std::string> EntriesOf(const std::string& folder) {
  return Names(folder, [](const fs::directory_entry& entry) { return !IsHidden(entry); });
}

bool IsFolder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(fs::symlink_status(path, error));
}

bool IsLink(const std::string& path) {
  std::error_code error;
  return fs::is_symlink(fs::symlink_status(path, error));
}

absl::StatusOr<std::string> ReadBounded(const std::string& file) {
  // Without O_NONBLOCK, opening a pipe would wait for its writer.
  const Descriptor descriptor(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  if (descriptor.get() < 0) return CannotOpen(errno);
  struct stat status;
  if (fstat(descriptor.get(), &status) != 0) return CannotOpen(errno);
  if (!S_ISREG(status.st_mode)) return absl::FailedPreconditionError("this is no ordinary file");
  const auto size = static_cast<size_t>(status.st_size);
  if (size > limits::kMaxFileBytes) {
    return absl::ResourceExhaustedError(absl::StrCat("the file has more than ", limits::kMaxFileBytes, " bytes"));
  }
  std::string text(size + 1, '\0');  // one byte more than it should have shows a file that has grown meanwhile
  if (!ReadInto(descriptor.get(), text)) return CannotOpen(errno);
  if (text.size() > size) return absl::FailedPreconditionError("this file is being written");
  return text;
}

}  // namespace edirae::catalog
