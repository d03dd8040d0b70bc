#include "services/catalog/domain/source_map.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace edirae::catalog {
namespace {

// The path around `path`: without its last index or, when it has none, its last field. False at the top.
bool GoUp(absl::string_view& path) {
  const size_t end = path.find_last_of(".[");
  if (end == absl::string_view::npos) return false;
  path = path.substr(0, end);
  return true;
}

}  // namespace

Path Path::Field(absl::string_view name) const {
  return text_.empty() ? Path(std::string(name)) : Path(absl::StrCat(text_, ".", name));
}

Path Path::Field(absl::string_view name, size_t index) const {
  return Path(absl::StrCat(text_, text_.empty() ? "" : ".", name, "[", index, "]"));
}

void SourceMap::Put(const Path& path, Location location) {
  locations_.insert_or_assign(path.text(), std::move(location));
}

void SourceMap::PutWhole(const Path& path, const std::string& file) {
  Put(path, {.file = file});
  whole_files_.insert(path.text());
}

void SourceMap::MarkBroken(const Path& path) { broken_.insert(path.text()); }

Location SourceMap::At(const Path& path) const {
  absl::string_view around = path.text();
  do {
    if (const auto found = locations_.find(around); found != locations_.end()) return found->second;
  } while (GoUp(around));
  return Location{.file = path.text()};
}

Location SourceMap::Inside(const Path& path, int line, int column) const {
  Location at = At(path);
  if (whole_files_.contains(path.text())) {
    at.line = line;
    at.column = column;
  }
  return at;
}

bool SourceMap::IsBroken(const Path& path) const {
  absl::string_view around = path.text();
  do {
    if (broken_.contains(around)) return true;
  } while (GoUp(around));
  return false;
}

}  // namespace edirae::catalog
