#include "cli/catalog/diff_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace edirae::cli {
namespace {

using catalog::Change;

const char* KindName(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::kAdded:
      return "added";
    case Change::Kind::kRemoved:
      return "removed";
    case Change::Kind::kMoved:
      return "moved";
    case Change::Kind::kChanged:
      return "changed";
  }
  return "";
}

std::string Coloured(const Change& change, const Style& style) {
  std::string line = ToString(change);
  switch (change.kind) {
    case Change::Kind::kAdded:
      return style.Good(line);
    case Change::Kind::kRemoved:
      return style.Bad(line);
    case Change::Kind::kMoved:
      return style.Accent(line);
    case Change::Kind::kChanged:
      return line;
  }
  return line;
}

}  // namespace

void PrintDiff(const std::vector<Change>& changes, const Style& style, std::ostream& out) {
  for (const Change& change : changes) out << Coloured(change, style) << "\n";
  if (changes.empty()) {
    out << "Nothing changed.\n";
    return;
  }
  const char* before = "";
  for (const Change::Kind kind :
       {Change::Kind::kAdded, Change::Kind::kRemoved, Change::Kind::kMoved, Change::Kind::kChanged}) {
    const auto count = std::ranges::count(changes, kind, &Change::kind);
    if (count == 0) continue;
    out << before << count << " " << KindName(kind);
    before = ", ";
  }
  out << ".\n";
}

std::string DiffJson(const std::vector<Change>& changes) {
  nlohmann::ordered_json report = nlohmann::ordered_json::array();
  for (const Change& change : changes) {
    report.push_back({{"kind", KindName(change.kind)}, {"where", change.where}, {"what", change.what}});
  }
  return report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace edirae::cli
