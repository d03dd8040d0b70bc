#include "tests/tidy/tree.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>

#include "absl/status/status.h"

namespace edirae::tidy {

absl::StatusOr<Tree> ReadTree(const std::filesystem::path& root) {
  const std::string command = "git -C '" + root.string() + "' ls-files -z --cached --others --exclude-standard";
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return absl::FailedPreconditionError("cannot start: " + command);
  std::string names;
  std::array<char, 4096> block;
  while (const size_t size = std::fread(block.data(), 1, block.size(), pipe)) names.append(block.data(), size);
  if (pclose(pipe) != 0) return absl::FailedPreconditionError("failed: " + command);

  Tree tree;
  std::istringstream stream(names);
  for (std::string name; std::getline(stream, name, '\0');) {
    const std::filesystem::path path = root / name;
    if (!std::filesystem::is_regular_file(path)) continue;  // deleted, and not yet told to git
    std::ifstream file(path, std::ios::binary);
    tree.push_back({name, std::string(std::istreambuf_iterator<char>(file), {})});
  }
  return tree;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace edirae::tidy
