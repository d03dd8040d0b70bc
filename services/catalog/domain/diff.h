#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_DIFF_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_DIFF_H_

#include <string>
#include <vector>

#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog {

// One difference between two states of the content, in words for authors.
struct Change {
  enum class Kind { kAdded, kRemoved, kMoved, kChanged };

  Kind kind = Kind::kChanged;
  // The thing, by its noun and id, and what it is part of: "question gradient-descent.one-step, choice b".
  std::string where;
  // What became of it: "title: “A” became “B”"; for a new or removed thing its title or text.
  std::string what;

  friend bool operator==(const Change&, const Change&) = default;
};

// What has to happen to `before` to make `after` of it, in the order of `after`. Things are matched by their ids;
// output-only fields do not count. Takes time in proportion to the size of both.
std::vector<Change> Diff(const v1::RevisionContent& before, const v1::RevisionContent& after);

// "+ concept x: Title", "- …", "> …" for moved and "~ …" for changed.
std::string ToString(const Change& change);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_DIFF_H_
