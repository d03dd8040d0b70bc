#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_CONTENT_INDEX_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_CONTENT_INDEX_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/catalog_feed/lineage.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/progress/domain/key.h"

namespace edirae::progress {

// A concept whose credit counts for another; see edirae::Ancestor.
struct IndexedAncestor {
  Key key = 0;
  std::vector<int> sources;
  bool inherits_mastery = false;
};

// A concept with the criterion that holds for it.
struct IndexedConcept {
  const catalog::v1::Concept* content = nullptr;
  const catalog::v1::MasteryCriterion* criterion = nullptr;
  Key key = 0;
  std::vector<IndexedAncestor> ancestors;  // the concept itself last; empty when nothing became it
};

// A question with its key and its concepts.
struct IndexedQuestion {
  const catalog::v1::KeyedQuestion* content = nullptr;
  Key key = 0;
  int guess_permille = 0;
  std::vector<const IndexedConcept*> concepts;
};

// A stage with its concepts in curriculum order.
struct IndexedStage {
  const catalog::v1::Stage* content = nullptr;
  const catalog::v1::GateCriterion* gate = nullptr;  // null when it asks for no more than mastery
  Key key = 0;
  Key milestone = 0;
  std::vector<const IndexedConcept*> concepts;
  int required_count = 0;
};

// A roadmap with its stages in order.
struct IndexedRoadmap {
  const catalog::v1::Roadmap* content = nullptr;
  std::vector<IndexedStage> stages;
  int required_count = 0;
};

// One catalog revision, arranged for grading: every look-up is one hash. Immutable, thread-safe; pointers that it hands
// out live as long as it does.
class ContentIndex {
 public:
  // INVALID_ARGUMENT, naming the culprit, when an id is there twice or unknown, two ids share a key, or a concept has
  // no criterion that can be met.
  static absl::StatusOr<std::shared_ptr<const ContentIndex>> Build(
      std::shared_ptr<const catalog::v1::RevisionContent> content, int64_t revision);

  int64_t revision() const { return revision_; }

  // All of them: null when there is none.
  const IndexedConcept* FindConcept(absl::string_view concept_id) const;
  const IndexedQuestion* FindQuestion(absl::string_view question_id) const;
  const catalog::v1::Flashcard* FindCard(absl::string_view card_id) const;
  const catalog::v1::Resource* FindResource(absl::string_view resource_id) const;
  const catalog::v1::Milestone* FindMilestone(absl::string_view milestone_id) const;
  const IndexedRoadmap* FindRoadmap(absl::string_view roadmap_id) const;

  bool HasLesson(absl::string_view concept_id) const { return lessons_.contains(concept_id); }
  // Whether the gate of the milestone's stage asks for its approval.
  bool GateAsksFor(absl::string_view milestone_id) const { return asked_milestones_.contains(milestone_id); }

 private:
  ContentIndex(std::shared_ptr<const catalog::v1::RevisionContent> content, int64_t revision)
      : content_(std::move(content)), revision_(revision), lineage_(*content_) {}
  absl::Status AddRoadmap(const catalog::v1::Roadmap& roadmap);
  absl::Status AddStage(const catalog::v1::Roadmap& roadmap, const catalog::v1::Stage& stage, IndexedRoadmap& indexed);
  absl::Status AddResource(const catalog::v1::Resource& resource);
  absl::Status AddQuestion(const catalog::v1::KeyedQuestion& question);

  const std::shared_ptr<const catalog::v1::RevisionContent> content_;
  const int64_t revision_;
  const Lineage lineage_;
  absl::node_hash_map<Key, IndexedConcept> concepts_;
  absl::node_hash_map<Key, IndexedQuestion> questions_;
  absl::node_hash_map<absl::string_view, IndexedRoadmap> roadmaps_;
  absl::flat_hash_map<absl::string_view, const catalog::v1::Flashcard*> cards_;
  absl::flat_hash_map<absl::string_view, const catalog::v1::Resource*> resources_;
  absl::flat_hash_map<absl::string_view, const catalog::v1::Milestone*> milestones_;
  absl::flat_hash_set<absl::string_view> asked_milestones_;
  absl::flat_hash_set<absl::string_view> lessons_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_CONTENT_INDEX_H_
