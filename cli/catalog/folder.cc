#include "cli/catalog/folder.h"

#include <filesystem>

#include "absl/strings/str_cat.h"

namespace edirae::cli {

absl::Status CheckFolder(const std::string& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat(folder, " is no folder; name the one that holds the roadmaps"));
}

}  // namespace edirae::cli
