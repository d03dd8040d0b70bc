#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_MARKDOWN_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_MARKDOWN_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace edirae::catalog {

// Something wrong inside a text. Line and column count from 1, the column in characters.
struct MarkdownProblem {
  int line = 1;
  int column = 1;
  std::string problem;
  std::string remedy;
};

// What would not be shown as its author meant it, or not everywhere: raw HTML, images, links without a target or with
// one that is not https, references to no definition, a code block that is never closed. The text is CommonMark in
// UTF-8; the caller bounds its length.
std::vector<MarkdownProblem> BrokenMarkdown(absl::string_view text);

// The same for a lesson, which also needs headings of the second level and below, none skipped, among them "Worked
// example" and, as the last one of the second level, "Check yourself".
std::vector<MarkdownProblem> BrokenLesson(absl::string_view text);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_MARKDOWN_H_
