#ifndef EDIRAE_CLI_CATALOG_DIFF_REPORT_H_
#define EDIRAE_CLI_CATALOG_DIFF_REPORT_H_

#include <ostream>
#include <string>
#include <vector>

#include "cli/terminal/terminal.h"
#include "services/catalog/domain/diff.h"

namespace edirae::cli {

// A line a change, then how many there are of each kind.
void PrintDiff(const std::vector<catalog::Change>& changes, const Style& style, std::ostream& out);

// [{"kind":"added|removed|moved|changed","where","what"}].
std::string DiffJson(const std::vector<catalog::Change>& changes);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CATALOG_DIFF_REPORT_H_
