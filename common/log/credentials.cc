#include "common/log/credentials.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace edirae::log {
namespace {

constexpr absl::string_view kSchemeEnd = "://";

std::string WithoutUser(absl::string_view url) {
  const size_t scheme = url.find(kSchemeEnd);
  const size_t host = scheme == absl::string_view::npos ? 0 : scheme + kSchemeEnd.size();
  const size_t user_end = url.rfind('@');
  if (user_end == absl::string_view::npos || user_end < host) return std::string(url);
  return absl::StrCat(url.substr(0, host), url.substr(user_end + 1));
}

}  // namespace

std::string WithoutCredentials(absl::string_view urls) {
  std::vector<std::string> shown;
  for (const absl::string_view url : absl::StrSplit(urls, ',', absl::SkipWhitespace())) {
    shown.push_back(WithoutUser(absl::StripAsciiWhitespace(url)));
  }
  return absl::StrJoin(shown, ",");
}

}  // namespace edirae::log
