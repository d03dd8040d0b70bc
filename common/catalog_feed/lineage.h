#ifndef EDIRAE_COMMON_CATALOG_FEED_LINEAGE_H_
#define EDIRAE_COMMON_CATALOG_FEED_LINEAGE_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae {

// A concept whose credit counts for another, or that other itself.
struct Ancestor {
  std::string concept_id;
  // Places, in the same list, of the concepts that became this one; each is lower than its own.
  std::vector<int> sources;
  // Whether it counts as mastered when all its sources are.
  bool inherits_mastery = false;
};

// Where the credit of concepts comes from, by the migrations of a revision. Immutable; refers to nothing.
class Lineage {
 public:
  // Migrations that lead in a circle, which the catalog refuses, are followed once around at most.
  explicit Lineage(const catalog::v1::RevisionContent& content);

  // The concept's ancestors, each behind its sources and the concept itself last; empty when nothing became it.
  std::vector<Ancestor> Of(absl::string_view concept_id) const;

  bool empty() const { return sources_.empty(); }

 private:
  struct Sources {
    std::vector<std::string> concept_ids;
    bool inherits_mastery = true;
  };

  absl::flat_hash_map<std::string, Sources> sources_;  // by target
};

}  // namespace edirae

#endif  // EDIRAE_COMMON_CATALOG_FEED_LINEAGE_H_
