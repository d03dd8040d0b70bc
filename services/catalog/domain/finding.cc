#include "services/catalog/domain/finding.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

// What a terminal shows of a text that may come from an author: bounded, and without control characters.
std::string Shown(absl::string_view text) {
  size_t end = std::min(text.size(), limits::kMaxFindingLength);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  std::string shown(text.substr(0, end));
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); }, ' ');
  if (end < text.size()) shown.append("...");
  return shown;
}

}  // namespace

std::string ToString(const Location& location) {
  return absl::StrCat(Shown(location.file), ":", location.line, ":", location.column);
}

std::string ToString(const Finding& finding) {
  return absl::StrCat(ToString(finding.at), ": ", Shown(finding.problem), "; ", Shown(finding.remedy));
}

std::string ToString(const std::vector<Finding>& findings) {
  std::string out;
  const size_t shown = std::min(findings.size(), limits::kMaxFindings);
  for (size_t i = 0; i < shown; ++i) absl::StrAppend(&out, i == 0 ? "" : "\n", ToString(findings[i]));
  if (shown < findings.size()) absl::StrAppend(&out, "\nand ", findings.size() - shown, " more");
  return out;
}

void SortAndDeduplicate(std::vector<Finding>& findings) {
  std::sort(findings.begin(), findings.end());
  findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
}

}  // namespace edirae::catalog
