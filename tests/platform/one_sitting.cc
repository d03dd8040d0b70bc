#include "tests/platform/one_sitting.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace edirae::testing {
namespace {

constexpr char kCriterion[] = "mastery_criterion:";
constexpr char kReplacement[] =
    "mastery_criterion: {id: one-sitting, version: 1, min_distinct_correct: 3, window: 4, min_correct_in_window: 3}\n";

// Replaces the criterion of a roadmap.yaml: its line and the indented ones below it.
absl::Status Replace(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string text, line;
  bool inside = false, replaced = false;
  while (std::getline(in, line)) {
    inside = absl::StartsWith(line, kCriterion) || (inside && absl::StartsWith(line, " "));
    if (!inside) absl::StrAppend(&text, line, "\n");
    if (absl::StartsWith(line, kCriterion)) {
      text += kReplacement;
      replaced = true;
    }
  }
  in.close();
  std::ofstream(file) << text;
  return replaced ? absl::OkStatus() : absl::InternalError(absl::StrCat(file.string(), " has no mastery_criterion"));
}

}  // namespace

absl::StatusOr<std::string> ContentForOneSitting(const TempFolder& folder) {
  const std::filesystem::path content = folder.File("content");
  std::error_code error;
  std::filesystem::copy(EDIRAE_CONTENT, content, std::filesystem::copy_options::recursive, error);
  if (error) return absl::InternalError(absl::StrCat("the content cannot be copied: ", error.message()));
  for (const auto& entry : std::filesystem::directory_iterator(content, error)) {
    const std::filesystem::path roadmap = entry.path() / "roadmap.yaml";
    if (std::filesystem::exists(roadmap)) EDIRAE_RETURN_IF_ERROR(Replace(roadmap));
  }
  return content.string();
}

}  // namespace edirae::testing
