#ifndef EDIRAE_TESTS_TIDY_TREE_H_
#define EDIRAE_TESTS_TIDY_TREE_H_

#include <compare>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace edirae::tidy {

// A file of the repository; the path counts from its root.
struct SourceFile {
  std::string path;
  std::string text;
};

using Tree = std::vector<SourceFile>;

// A broken rule. Line 1 stands for the whole file.
struct Finding {
  std::string path;
  int line = 1;
  std::string rule;
  std::string message;

  friend auto operator<=>(const Finding&, const Finding&) = default;
};

// All files below `root` that git tracks or would track. FAILED_PRECONDITION when git cannot say which those are.
absl::StatusOr<Tree> ReadTree(const std::filesystem::path& root);

// The lines of `text` without their ends.
std::vector<std::string> Lines(const std::string& text);

}  // namespace edirae::tidy

#endif  // EDIRAE_TESTS_TIDY_TREE_H_
