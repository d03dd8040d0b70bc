#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_CHECKER_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_CHECKER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/catalog/domain/finding.h"
#include "services/catalog/domain/markdown.h"
#include "services/catalog/domain/source_map.h"

namespace edirae::catalog {

// Collects what is wrong with content, and checks what recurs everywhere. What lies in a broken field is left out.
// `what` names the checked thing in findings, e.g. "the title". Not thread-safe; the map must outlive it.
class Checker {
 public:
  explicit Checker(const SourceMap& sources) : sources_(sources) {}

  void Add(const Path& path, std::string problem, std::string remedy);

  // [a-z][a-z0-9-]{0,62}.
  void Slug(const Path& path, absl::string_view what, absl::string_view value);
  // Not empty, one line, at most `limits::kMaxLineLength` characters.
  void Line(const Path& path, absl::string_view what, absl::string_view value);
  // Not empty, at most `limits::kMaxSentencesLength` characters.
  void Sentences(const Path& path, absl::string_view what, absl::string_view value);
  // Not empty, at most `longest` characters.
  void Text(const Path& path, absl::string_view what, absl::string_view value, size_t longest);
  // The same for Markdown, which must also be whole: no raw HTML, no images, no broken links, no open code block.
  void Markdown(const Path& path, absl::string_view what, absl::string_view value, size_t longest);
  // A lesson: whole Markdown with the headings that a lesson has.
  void Lesson(const Path& path, absl::string_view value);
  // At least `min` and at most `max` entries in a list of `what`, e.g. "steps". Whether it is so: what costs more than
  // a look at each entry is not to be tried on a list that is too long.
  bool Count(const Path& path, absl::string_view what, int count, int min, int max);
  // `min` to `max`, both included.
  void Range(const Path& path, absl::string_view what, int64_t value, int64_t min, int64_t max);

  Location At(const Path& path) const { return sources_.At(path); }
  // Whether the field could not be read, so that nothing is to be concluded from it.
  bool IsBroken(const Path& path) const { return sources_.IsBroken(path); }
  // How many findings there are so far.
  size_t count() const { return findings_.size(); }
  std::vector<Finding> Take() { return std::move(findings_); }

 private:
  // False, and reported, when the text is empty or too long.
  bool HasFitLength(const Path& path, absl::string_view what, absl::string_view value, size_t longest);
  void AddBroken(const Path& path, std::vector<MarkdownProblem> problems);

  const SourceMap& sources_;
  std::vector<Finding> findings_;
};

// Finds ids that are used twice. `what` names the thing and where it must be unique: "concept", "in the catalog". The
// checker and all that is given to it must outlive it.
class UniqueIds {
 public:
  UniqueIds(Checker& check, absl::string_view what, absl::string_view scope)
      : check_(check), what_(what), scope_(scope) {}

  void See(const Path& path, absl::string_view id);

 private:
  Checker& check_;
  const absl::string_view what_;
  const absl::string_view scope_;
  absl::flat_hash_map<absl::string_view, Path> first_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_CHECKER_H_
