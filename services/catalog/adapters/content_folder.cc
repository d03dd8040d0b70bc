#include "services/catalog/adapters/content_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

namespace fs = std::filesystem;

// At most `limits::kMaxFiles` names that pass `keep`, in order.
template <class Keep>
std::vector<std::string> Names(const std::string& folder, const Keep& keep) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (names.size() == limits::kMaxFiles) break;
    if (keep(*entry)) names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool IsHidden(const fs::directory_entry& entry) { return absl::StartsWith(entry.path().filename().string(), "."); }

}  // namespace

absl::StatusOr<std::vector<std::string>> FoldersIn(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return absl::NotFoundError(absl::StrCat("there is no folder '", folder, "'"));
  return Names(folder, [](const fs::directory_entry& entry) {
    std::error_code ignored;
    return entry.is_directory(ignored) && !IsHidden(entry);
  });
}

std::vector<std::string> EntriesOf(const std::string& folder) {
  return Names(folder, [](const fs::directory_entry& entry) { return !IsHidden(entry); });
}

bool IsFolder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

absl::StatusOr<std::string> ReadBounded(const std::string& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) return absl::NotFoundError("there is no such file");
  if (!fs::is_regular_file(status)) return absl::FailedPreconditionError("this is no ordinary file");
  // One byte more than it should have shows a file that is too large, or has grown meanwhile.
  const auto size = static_cast<size_t>(fs::file_size(file, error));
  if (error) return absl::FailedPreconditionError("this file cannot be read");
  std::ifstream stream(file, std::ios::binary);
  std::string text(std::min(size, limits::kMaxFileBytes) + 1, '\0');
  if (!stream.read(text.data(), static_cast<std::streamsize>(text.size())) && !stream.eof()) {
    return absl::FailedPreconditionError("this file cannot be read");
  }
  text.resize(static_cast<size_t>(stream.gcount()));
  if (size > limits::kMaxFileBytes) {
    return absl::ResourceExhaustedError(absl::StrCat("the file has more than ", limits::kMaxFileBytes, " bytes"));
  }
  if (text.size() > size) return absl::FailedPreconditionError("this file is being written");
  return text;
}

}  // namespace edirae::catalog
