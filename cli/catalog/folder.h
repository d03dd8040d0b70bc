#ifndef EDIRAE_CLI_CATALOG_FOLDER_H_
#define EDIRAE_CLI_CATALOG_FOLDER_H_

#include <string>

#include "absl/status/status.h"

namespace edirae::cli {

// NOT_FOUND, with what to do, unless there is such a folder.
absl::Status CheckFolder(const std::string& folder);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CATALOG_FOLDER_H_
