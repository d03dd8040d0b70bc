#include "common/testing/files_with.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace edirae::testing {

std::vector<std::string> FilesWith(const std::string& folder, const std::string& text) {
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (content.find(text) != std::string::npos) files.push_back(file.path().lexically_relative(folder).string());
  }
  return files;
}

}  // namespace edirae::testing
