#ifndef EDIRAE_CLI_CATALOG_LINT_REPORT_H_
#define EDIRAE_CLI_CATALOG_LINT_REPORT_H_

#include <ostream>
#include <string>

#include "cli/terminal/terminal.h"
#include "services/catalog/load_content.h"

namespace edirae::cli {

// One finding on a line.
void PrintFinding(const catalog::Finding& finding, const Style& style, std::ostream& out);

// Every finding on a line, then how many there are, or what the folder holds when there are none.
void PrintLint(const catalog::LoadedContent& loaded, const Style& style, std::ostream& out);

// {"findings":[{"file","line","column","problem","remedy"}],"roadmaps":N,"concepts":N,"questions":N,"flashcards":N}.
std::string LintJson(const catalog::LoadedContent& loaded);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CATALOG_LINT_REPORT_H_
