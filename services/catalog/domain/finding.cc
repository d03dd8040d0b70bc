#include "services/catalog/domain/finding.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {

std::string ToString(const Location& location) {
  return absl::StrCat(location.file, ":", location.line, ":", location.column);
}

std::string ToString(const Finding& finding) {
  return absl::StrCat(ToString(finding.at), ": ", finding.problem, "; ", finding.remedy);
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
