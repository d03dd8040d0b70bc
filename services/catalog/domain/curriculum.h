#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_CURRICULUM_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_CURRICULUM_H_

#include <cstddef>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/domain/checker.h"
#include "services/catalog/domain/source_map.h"

namespace edirae::catalog {

// A concept where the curriculum teaches it.
struct TaughtConcept {
  const v1::Roadmap* roadmap = nullptr;
  const v1::Stage* stage = nullptr;
  const v1::Concept* content = nullptr;
  Path path;
  // Of each question that is evidence for it, how likely a guess is right, in thousandths.
  std::vector<int> guesses;
  // Null when it has none; of two the first.
  const v1::Lesson* lesson = nullptr;
  Path lesson_path;
};

// All concepts of some content in the order in which they are taught. Refers to the content, which must outlive it.
class Curriculum {
 public:
  explicit Curriculum(const v1::RevisionContent& content);

  const std::vector<TaughtConcept>& concepts() const { return concepts_; }
  // Place in `concepts()`; -1 when there is none of that id. Of two with the same id the first counts.
  int Find(absl::string_view concept_id) const;
  // Reports at `path` unless there is such a concept, with what may have been meant.
  void CheckTaught(const Path& path, absl::string_view concept_id, Checker& check) const;

 private:
  std::vector<TaughtConcept> concepts_;
  absl::flat_hash_map<absl::string_view, int> by_id_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_CURRICULUM_H_
