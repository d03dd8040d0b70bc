#include "tests/tidy/reasons.h"

#include <algorithm>
#include <map>
#include <regex>
#include <string>

namespace edirae::tidy {
namespace {

constexpr char kList[] = "docs/errors.md";

bool MakesErrors(const std::string& path) {
  const bool is_code = path.ends_with(".cc") || path.ends_with(".h");
  const bool is_ours = path.starts_with("common/") || path.starts_with("services/") || path.starts_with("gateway/");
  return is_code && is_ours && !path.ends_with("_test.cc") && path.find("/testing/") == std::string::npos;
}

int LineAt(const std::string& text, std::ptrdiff_t place) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + place, '\n'));
}

// Reason -> where the code first makes it: given to a function that makes errors, or a constant of an errors.h.
void Collect(const SourceFile& file, std::map<std::string, Finding>& made) {
  static const std::regex kCall(
      R"re((?:MakeError|NotInCatalog)\(\s*(?:absl::StatusCode::k\w+,\s*)?"([A-Z][A-Z_]+)")re");
  static const std::regex kConstant(R"re(\[\] = "([A-Z]+_[A-Z_]+)";)re");
  for (const std::regex* pattern : {&kCall, &kConstant}) {
    if (pattern == &kConstant && !file.path.ends_with("/errors.h")) continue;
    for (std::sregex_iterator at(file.text.begin(), file.text.end(), *pattern), end; at != end; ++at) {
      const std::string reason = (*at)[1];
      made.try_emplace(reason, Finding{file.path, LineAt(file.text, at->position(1)), "reasons",
                                       reason + " is not listed in " + kList});
    }
  }
}

}  // namespace

std::vector<Finding> CheckReasons(const Tree& tree) {
  std::map<std::string, Finding> made;
  std::map<std::string, int> listed;  // reason -> line
  for (const SourceFile& file : tree) {
    if (MakesErrors(file.path)) Collect(file, made);
    if (file.path != kList) continue;
    int number = 0;
    for (const std::string& line : Lines(file.text)) {
      ++number;
      static const std::regex kRow(R"(^\| `([A-Z_]+)` \|.*)");
      std::smatch row;
      if (std::regex_match(line, row, kRow)) listed.emplace(row[1], number);
    }
  }
  std::vector<Finding> findings;
  for (const auto& [reason, finding] : made) {
    if (!listed.contains(reason)) findings.push_back(finding);
  }
  for (const auto& [reason, line] : listed) {
    if (!made.contains(reason)) findings.push_back({kList, line, "reasons", "no code makes " + reason});
  }
  std::sort(findings.begin(), findings.end());
  return findings;
}

}  // namespace edirae::tidy
