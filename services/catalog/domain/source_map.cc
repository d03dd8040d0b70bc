#include "services/catalog/domain/source_map.h"

#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace edirae::catalog {
namespace {

uint64_t KeyOf(absl::string_view path) { return XXH3_64bits(path.data(), path.size()); }

// The path around `path`: without its last index or, when it has none, its last field. False at the top.
bool GoUp(absl::string_view& path) {
  const size_t end = path.find_last_of(".[");
  if (end == absl::string_view::npos) return false;
  path = path.substr(0, end);
  return true;
}

template <class Text>
void Append(absl::string_view more, Text& text) {
  text.insert(text.end(), more.begin(), more.end());
}

template <class Text>
void AppendIndex(size_t index, Text& text) {
  char digits[20];
  const char* const end = std::to_chars(std::begin(digits), std::end(digits), index).ptr;
  text.push_back('[');
  Append(absl::string_view(digits, static_cast<size_t>(end - digits)), text);
  text.push_back(']');
}

// Takes `name[index]` off the front of a path. False when it does not start so.
bool TakeEntry(absl::string_view& path, absl::string_view& name, size_t& index) {
  const size_t open = path.find_first_of(".[");
  if (open == absl::string_view::npos || path[open] != '[') return false;
  const size_t close = path.find(']', open);
  if (close == absl::string_view::npos) return false;
  name = path.substr(0, open);
  const bool is_number = absl::SimpleAtoi(path.substr(open + 1, close - open - 1), &index);
  path.remove_prefix(close + 1);
  return is_number;
}

}  // namespace

Path Path::Field(absl::string_view name) const {
  Path path(*this);
  if (!path.text_.empty()) path.text_.push_back('.');
  Append(name, path.text_);
  return path;
}

Path Path::Field(absl::string_view name, size_t index) const {
  Path path = Field(name);
  AppendIndex(index, path.text_);
  return path;
}

void SourceMap::Put(const Path& path, absl::string_view file, int line, int column) {
  // Places come file by file.
  if (files_.empty() || absl::string_view(files_.back()) != file) files_.emplace_back(file);
  places_.insert_or_assign(KeyOf(path.text()), Place{static_cast<uint32_t>(files_.size() - 1), line, column});
}

void SourceMap::PutWhole(const Path& path, absl::string_view file) {
  Put(path, file, 1, 1);
  whole_files_.insert(KeyOf(path.text()));
}

void SourceMap::MarkBroken(const Path& path) { broken_.insert(KeyOf(path.text())); }

void SourceMap::Adopt(SourceMap part, const Path& field, const std::vector<ListStart>& lists) {
  part_of_field_[std::string(field.text())] = parts_.size();
  for (const ListStart& list : lists) parts_of_list_[list.name].push_back({list.index, parts_.size()});
  has_broken_part_ = has_broken_part_ || part.has_broken_part_ || !part.broken_.empty();
  parts_.push_back(std::move(part));
}

SourceMap::InPart SourceMap::FindPart(const Path& path) const {
  if (parts_.empty()) return {};
  absl::string_view around = path.text();
  do {
    if (const auto found = part_of_field_.find(around); found != part_of_field_.end()) {
      return {&parts_[found->second], path};
    }
  } while (GoUp(around));
  absl::string_view rest = path.text(), name;
  size_t index = 0;
  if (!TakeEntry(rest, name, index)) return {};
  const auto list = parts_of_list_.find(name);
  if (list == parts_of_list_.end()) return {};
  const auto next = std::upper_bound(list->second.begin(), list->second.end(), index,
                                     [](size_t i, const PartOfList& entry) { return i < entry.first; });
  if (next == list->second.begin()) return {};
  const PartOfList& found = *std::prev(next);
  const Path entry = Path().Field(name, index - found.first);
  return {&parts_[found.part], rest.empty() ? entry : Path(absl::StrCat(entry.text(), rest))};
}

const SourceMap::Place* SourceMap::Nearest(const Path& path) const {
  absl::string_view around = path.text();
  do {
    if (const auto found = places_.find(KeyOf(around)); found != places_.end()) return &found->second;
  } while (GoUp(around));
  return nullptr;
}

Location SourceMap::At(const Path& path) const {
  if (const InPart in = FindPart(path); in.part != nullptr && in.part->Nearest(in.path) != nullptr) {
    return in.part->At(in.path);
  }
  const Place* const place = Nearest(path);
  if (place == nullptr) return Location{.file = std::string(path.text())};
  return {files_[place->file], place->line, place->column};
}

Location SourceMap::Inside(const Path& path, int line, int column) const {
  if (const InPart in = FindPart(path); in.part != nullptr) return in.part->Inside(in.path, line, column);
  Location at = At(path);
  if (whole_files_.contains(KeyOf(path.text()))) {
    at.line = line;
    at.column = column;
  }
  return at;
}

bool SourceMap::IsBroken(const Path& path) const {
  if (has_broken_part_) {
    if (const InPart in = FindPart(path); in.part != nullptr && in.part->IsBroken(in.path)) return true;
  }
  if (broken_.empty()) return false;
  absl::string_view around = path.text();
  do {
    if (broken_.contains(KeyOf(around))) return true;
  } while (GoUp(around));
  return false;
}

}  // namespace edirae::catalog
