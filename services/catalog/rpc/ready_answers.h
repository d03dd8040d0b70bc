#ifndef EDIRAE_SERVICES_CATALOG_RPC_READY_ANSWERS_H_
#define EDIRAE_SERVICES_CATALOG_RPC_READY_ANSWERS_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/rpc/call.h"
#include "services/catalog/domain/revision.h"

namespace edirae::catalog {

// The answers of a revision that are asked for again and again, each serialized once: whole roadmaps, stages, concepts,
// lessons, and the first page of every list. Immutable; what it hands out is shared, not copied, and outlives it. Every
// look-up gives null for an id that the revision does not have.
class ReadyAnswers {
 public:
  explicit ReadyAnswers(const Revision& revision);

  const rpc::Bytes& roadmaps() const { return roadmaps_; }
  rpc::Bytes Roadmap(absl::string_view roadmap_id) const { return Find(roadmap_by_id_, roadmap_id); }
  rpc::Bytes Stage(absl::string_view roadmap_id, absl::string_view stage_id) const;
  rpc::Bytes CareerPaths(absl::string_view roadmap_id) const { return Find(careers_by_roadmap_, roadmap_id); }
  rpc::Bytes Concept(absl::string_view concept_id) const { return Find(concept_by_id_, concept_id); }
  rpc::Bytes Lesson(absl::string_view concept_id) const { return Find(lesson_by_concept_, concept_id); }
  rpc::Bytes Resources(absl::string_view concept_id) const { return Find(resources_by_concept_, concept_id); }
  rpc::Bytes Questions(absl::string_view concept_id) const { return Find(questions_by_concept_, concept_id); }
  rpc::Bytes Flashcards(absl::string_view concept_id) const { return Find(flashcards_by_concept_, concept_id); }

 private:
  using ById = absl::flat_hash_map<std::string, rpc::Bytes>;

  static rpc::Bytes Find(const ById& answers, absl::string_view id);
  void AddRoadmap(const Revision& revision, const v1::Roadmap& roadmap);
  void AddConcept(const Revision& revision, const v1::Concept& taught);

  rpc::Bytes roadmaps_;
  ById roadmap_by_id_;
  ById stage_by_ids_;
  ById careers_by_roadmap_;
  ById concept_by_id_;
  ById lesson_by_concept_;
  ById resources_by_concept_;
  ById questions_by_concept_;
  ById flashcards_by_concept_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_READY_ANSWERS_H_
