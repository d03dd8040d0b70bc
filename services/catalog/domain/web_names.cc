#include "services/catalog/domain/web_names.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace edirae::catalog {
namespace {

template <class Is>
bool All(absl::string_view text, const Is& is) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return is(static_cast<unsigned char>(c)); });
}

bool IsScript(absl::string_view part) { return part.size() == 4 && All(part, absl::ascii_isalpha); }

bool IsRegion(absl::string_view part) {
  return (part.size() == 2 && All(part, absl::ascii_isalpha)) || (part.size() == 3 && All(part, absl::ascii_isdigit));
}

bool IsVariant(absl::string_view part) {
  if (!All(part, absl::ascii_isalnum)) return false;
  return (part.size() >= 5 && part.size() <= 8) ||
         (part.size() == 4 && absl::ascii_isdigit(static_cast<unsigned char>(part[0])));
}

}  // namespace

bool IsLanguageTag(absl::string_view tag) {
  const std::vector<absl::string_view> parts = absl::StrSplit(tag, '-');
  if (parts[0].size() < 2 || parts[0].size() > 3 || !All(parts[0], absl::ascii_islower)) return false;
  size_t next = 1;
  if (next < parts.size() && IsScript(parts[next])) ++next;
  if (next < parts.size() && IsRegion(parts[next])) ++next;
  while (next < parts.size() && IsVariant(parts[next])) ++next;
  return next == parts.size();
}

bool IsHttpsAddress(absl::string_view uri) {
  if (!All(uri, absl::ascii_isgraph) || uri.find_first_of("<>\"{}|\\^`") != absl::string_view::npos) return false;
  if (!absl::ConsumePrefix(&uri, "https://")) return false;
  const absl::string_view host = uri.substr(0, uri.find_first_of("/?#"));
  return absl::StrContains(host, ".") && !absl::StrContains(host, "@") && host.front() != '.' && host.back() != '.';
}

}  // namespace edirae::catalog
