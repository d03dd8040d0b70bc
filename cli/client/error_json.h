#ifndef EDIRAE_CLI_CLIENT_ERROR_JSON_H_
#define EDIRAE_CLI_CLIENT_ERROR_JSON_H_

#include <string>

#include "absl/status/status.h"

namespace edirae::cli {

// An error as programs read it, on one line: {"error":{"code","reason","message","metadata"}}. `code` is the name of
// the gRPC code; `reason` is that name too when the error carries none, as those that gRPC itself makes.
std::string ErrorJson(const absl::Status& status);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_ERROR_JSON_H_
