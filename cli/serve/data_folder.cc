#include "cli/serve/data_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/serve/random_secret.h"

namespace edirae::cli {
namespace {

constexpr char kTokenSecret[] = "/token-secret";

absl::Status Failed(const std::string& what, const std::string& path) {
  return absl::UnavailableError(absl::StrCat("cannot ", what, " ", path, ": ", std::strerror(errno)));
}

// Creates the file for its owner only; false when it exists already.
absl::StatusOr<bool> CreateOnce(const std::string& path, const std::string& content) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    if (errno == EEXIST) return false;
    return Failed("create", path);
  }
  const bool written = write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  if (close(file) != 0 || !written) return Failed("write", path);
  return true;
}

}  // namespace

std::string DefaultDataFolder() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') {
    return absl::StrCat(data, "/edirae");
  }
  const char* home = std::getenv("HOME");
  return absl::StrCat(home == nullptr ? "." : home, "/.local/share/edirae");
}

absl::StatusOr<std::string> TokenSecretOf(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot create ", folder, ": ", error.message()));
  const std::string path = folder + kTokenSecret;
  const absl::StatusOr<bool> created = CreateOnce(path, RandomSecret());
  if (!created.ok()) return created.status();
  return ReadTokenSecret(folder);
}

absl::StatusOr<std::string> ReadTokenSecret(const std::string& folder) {
  const std::string path = folder + kTokenSecret;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return absl::NotFoundError(
        absl::StrCat("no token-secret in ", folder, ": start the platform, or give --data as `edirae serve` has it"));
  }
  std::ifstream in(path);
  std::string secret;
  if (!(in >> secret)) return Failed("read", path);
  return secret;
}

}  // namespace edirae::cli
