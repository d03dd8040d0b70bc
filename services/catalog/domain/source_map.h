#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_SOURCE_MAP_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_SOURCE_MAP_H_

#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "services/catalog/domain/finding.h"

namespace edirae::catalog {

// Names a field inside a `RevisionContent`, e.g. `roadmaps[0].stages[2].title`.
class Path {
 public:
  Path() = default;
  explicit Path(std::string text) : text_(std::move(text)) {}

  Path Field(absl::string_view name) const;
  Path Field(absl::string_view name, size_t index) const;

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Where in the authors' files each field of a `RevisionContent` was written. A plain value. Content that came from
// elsewhere has an empty map; the path itself then stands for the file.
class SourceMap {
 public:
  void Put(const Path& path, Location location);
  // Says that the field is the whole text of a file, so that places inside it are places of the file.
  void PutWhole(const Path& path, const std::string& file);
  // Says that the field could not be read, which was reported already: what else is wrong in it follows from that.
  void MarkBroken(const Path& path);

  // Where the field is written, or else the nearest field around it that has a place.
  Location At(const Path& path) const;
  // Where a line and column of the field's text are written, both counted from 1: exactly for a whole file, otherwise
  // where the field is.
  Location Inside(const Path& path, int line, int column) const;
  // Whether the field or one around it is broken.
  bool IsBroken(const Path& path) const;

 private:
  absl::flat_hash_map<std::string, Location> locations_;
  absl::flat_hash_set<std::string> broken_;
  absl::flat_hash_set<std::string> whole_files_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_SOURCE_MAP_H_
