#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_SOURCE_MAP_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_SOURCE_MAP_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "services/catalog/domain/finding.h"

namespace edirae::catalog {

// Names a field inside a `RevisionContent`, e.g. `roadmaps[0].stages[2].title`. Paths are made for every field that is
// read or checked and hardly ever looked at, so short ones need no memory of their own.
class Path {
 public:
  Path() = default;
  explicit Path(absl::string_view text) : text_(text.begin(), text.end()) {}

  Path Field(absl::string_view name) const;
  Path Field(absl::string_view name, size_t index) const;

  absl::string_view text() const { return {text_.data(), text_.size()}; }

 private:
  absl::InlinedVector<char, 88> text_;
};

// Where in the authors' files each field of a `RevisionContent` was written. A plain value. Content that came from
// elsewhere has an empty map; the path itself then stands for the file.
class SourceMap {
 public:
  // Line and column count from 1.
  void Put(const Path& path, absl::string_view file, int line, int column);
  void Put(const Path& path, const Location& at) { Put(path, at.file, at.line, at.column); }
  // Says that the field is the whole text of a file, so that places inside it are places of the file.
  void PutWhole(const Path& path, absl::string_view file);
  // Says that the field could not be read, which was reported already: what else is wrong in it follows from that.
  void MarkBroken(const Path& path);

  // A list of the content whose entries a part holds from its index 0 on, and the index of the first of them here.
  struct ListStart {
    std::string name;  // e.g. "questions"
    size_t index;
  };
  // Takes over the map of a part of the content that was read apart: `field` is the same in both, entries of the lists
  // move. Parts must come in order of their entries.
  void Adopt(SourceMap part, const Path& field, const std::vector<ListStart>& lists);

  // Where the field is written, or else the nearest field around it that has a place.
  Location At(const Path& path) const;
  // Where a line and column of the field's text are written, both counted from 1: exactly for a whole file, otherwise
  // where the field is.
  Location Inside(const Path& path, int line, int column) const;
  // Whether the field or one around it is broken.
  bool IsBroken(const Path& path) const;

 private:
  // Fields are known by a hash of their path: a catalog has millions of them, and their names would take several times
  // the memory of the content. That two of them get the same one is less likely than a broken memory chip.
  using Key = uint64_t;
  struct Place {
    uint32_t file;  // in `files_`
    int line;
    int column;
  };
  // The part that holds a field, and the field's path in it; null when none does.
  struct InPart {
    const SourceMap* part;
    Path path;
  };
  struct PartOfList {
    size_t first;  // index of the entry that is the part's first
    size_t part;
  };

  InPart FindPart(const Path& path) const;
  const Place* Nearest(const Path& path) const;

  std::vector<std::string> files_;
  absl::flat_hash_map<Key, Place> places_;
  absl::flat_hash_set<Key> broken_;
  absl::flat_hash_set<Key> whole_files_;
  std::vector<SourceMap> parts_;
  bool has_broken_part_ = false;
  absl::flat_hash_map<std::string, size_t> part_of_field_;
  absl::flat_hash_map<std::string, std::vector<PartOfList>> parts_of_list_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_SOURCE_MAP_H_
