#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_FINDING_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_FINDING_H_

#include <compare>
#include <string>
#include <vector>

namespace edirae::catalog {

// A place in an author's file. Line and column count from 1, the column in characters.
struct Location {
  std::string file;
  int line = 1;
  int column = 1;

  auto operator<=>(const Location&) const = default;
};

// Something wrong with content.
struct Finding {
  Location at;
  // What is wrong, e.g. "the title is empty".
  std::string problem;
  // How to mend it, e.g. "write one".
  std::string remedy;

  auto operator<=>(const Finding&) const = default;
};

// `file:line:column`.
std::string ToString(const Location& location);

// `file:line:column: problem; remedy`, in one line. Each part is cut at `limits::kMaxFindingLength`.
std::string ToString(const Finding& finding);

// One line for each finding, by file and line, at most `limits::kMaxFindings` and then how many more there are.
std::string ToString(const std::vector<Finding>& findings);

// In order of place, each once.
void SortAndDeduplicate(std::vector<Finding>& findings);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_FINDING_H_
