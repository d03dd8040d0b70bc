#include "cli/serve/random_secret.h"

#include <random>

#include "absl/strings/str_format.h"

namespace edirae::cli {

std::string RandomSecret() {
  std::random_device device;  // getrandom(2) or RDRAND with libstdc++ on Linux
  std::string secret;
  for (int word = 0; word < 8; ++word) absl::StrAppendFormat(&secret, "%08x", device());
  return secret;
}

}  // namespace edirae::cli
