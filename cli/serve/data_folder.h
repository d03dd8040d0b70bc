#ifndef EDIRAE_CLI_SERVE_DATA_FOLDER_H_
#define EDIRAE_CLI_SERVE_DATA_FOLDER_H_

#include <string>

#include "absl/status/statusor.h"

namespace edirae::cli {

// Where `edirae serve` keeps everything unless told otherwise: `$XDG_DATA_HOME/edirae`, or `~/.local/share/edirae`.
std::string DefaultDataFolder();

// The secret that signs this data folder's tokens, made on first use and kept in `<folder>/token-secret`, readable by
// its owner only. UNAVAILABLE when it cannot be read or written.
absl::StatusOr<std::string> TokenSecretOf(const std::string& folder);

// The same for whoever does not own the folder: NOT_FOUND when no platform has made a secret there yet.
absl::StatusOr<std::string> ReadTokenSecret(const std::string& folder);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_SERVE_DATA_FOLDER_H_
