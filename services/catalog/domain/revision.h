#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_REVISION_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_REVISION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog {

// A concept with everything that hangs on it. The pointers live as long as the revision.
struct ConceptEntry {
  const v1::Roadmap* roadmap = nullptr;
  const v1::Stage* stage = nullptr;
  const v1::Concept* content = nullptr;
  // Questions that are evidence for it, those of other concepts included.
  int question_count = 0;
  // Those that the concept owns, in the author's order.
  std::vector<const v1::Flashcard*> flashcards;
  // Its own, then those of stages that name it, then those that serve its whole stage, each in the author's order.
  std::vector<const v1::Resource*> resources;
  // Null when the concept has none.
  const v1::Lesson* lesson = nullptr;
};

// One published state of the catalog: immutable, indexed by id, safe to read from any thread.
class Revision {
 public:
  // `content` has passed `Validate`. Fills its output-only fields, and shuffles what is to be put in order.
  Revision(int64_t number, v1::RevisionContent content);
  Revision(const Revision&) = delete;
  Revision& operator=(const Revision&) = delete;

  int64_t number() const { return number_; }
  const v1::RevisionContent& content() const { return content_; }

  // In order of id.
  const std::vector<const v1::Roadmap*>& roadmaps() const { return roadmaps_; }
  // The same, without stages, careers, tips and FAQ.
  const std::vector<v1::Roadmap>& roadmap_heads() const { return roadmap_heads_; }
  // Each of them null when there is none.
  const v1::Roadmap* FindRoadmap(absl::string_view roadmap_id) const;
  const v1::Stage* FindStage(absl::string_view roadmap_id, absl::string_view stage_id) const;
  const ConceptEntry* FindConcept(absl::string_view concept_id) const;
  const absl::flat_hash_map<std::string, ConceptEntry>& concepts() const { return concepts_; }

 private:
  void IndexConcepts();
  void IndexResources();
  void IndexItems();
  void IndexLessons();
  void FillCounts();

  const int64_t number_;
  v1::RevisionContent content_;
  std::vector<const v1::Roadmap*> roadmaps_;
  std::vector<v1::Roadmap> roadmap_heads_;
  absl::flat_hash_map<std::string, ConceptEntry> concepts_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_REVISION_H_
