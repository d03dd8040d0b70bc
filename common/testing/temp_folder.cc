#include "common/testing/temp_folder.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace edirae::testing {

TempFolder::TempFolder() {
  const char* root = std::getenv("TMPDIR");
  path_ = absl::StrCat(root != nullptr && *root != '\0' ? root : "/tmp", "/edirae-test-XXXXXX");
  if (::mkdtemp(path_.data()) == nullptr) {
    std::cerr << "cannot create a temporary folder like " << path_ << "\n";
    std::abort();
  }
}

TempFolder::~TempFolder() {
  if (const char* keep = std::getenv("EDIRAE_KEEP_TEMP"); keep != nullptr && *keep == '1') {
    std::cerr << "kept: " << path_ << "\n";
    return;
  }
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::string TempFolder::File(std::string_view name) const { return absl::StrCat(path_, "/", std::string(name)); }

}  // namespace edirae::testing
