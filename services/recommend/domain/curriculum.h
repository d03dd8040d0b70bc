#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CURRICULUM_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CURRICULUM_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/recommend/domain/learner_state.h"

namespace edirae::recommend {

// A question that can be offered.
struct TaughtQuestion {
  std::string id;
  IdKey key = 0;
  std::vector<std::string> concept_ids;                                      // that an answer is evidence for
  std::vector<IdKey> concept_keys;                                           // the same
  catalog::v1::Difficulty difficulty = catalog::v1::DIFFICULTY_UNSPECIFIED;  // as the author guesses
  catalog::v1::QuestionKind kind = catalog::v1::QUESTION_KIND_UNSPECIFIED;
  int guess_permille = 0;  // how likely somebody who knows nothing is right
};

// A card that can be offered.
struct TaughtCard {
  std::string id;
  IdKey key = 0;
};

struct HelpfulResource {
  std::string id;
  IdKey key = 0;
  std::string title;
  catalog::v1::ResourceLevel level = catalog::v1::RESOURCE_LEVEL_UNSPECIFIED;
  int minutes = 0;          // 0 when not said
  bool is_general = false;  // of the whole stage
};

// A concept whose credit counts for another; see edirae::Ancestor.
struct CreditedAncestor {
  IdKey key = 0;
  std::vector<int> sources;
  bool inherits_mastery = false;
};

// A concept as the policy needs it.
struct TaughtConcept {
  std::string id;
  IdKey key = 0;
  std::string title;
  bool optional = false;
  int stage = 0;  // position in CourseIndex::stages
  // Positions in CourseIndex::concepts of the prerequisites that can hold it back: those of its own or an earlier
  // stage. Others (a later stage, another roadmap) could never be met first.
  std::vector<int> prerequisites;
  std::vector<int> helpful;              // positions of the roadmap's concepts that make it easier
  std::vector<IdKey> prerequisite_keys;  // of all that it requires, also of other roadmaps
  int estimated_minutes = 0;             // of study
  catalog::v1::MasteryCriterion criterion;
  std::vector<TaughtQuestion> questions;    // its own first, then shared ones, in the author's order
  std::vector<TaughtCard> cards;            // in the author's order
  std::vector<CreditedAncestor> ancestors;  // the concept itself last; empty when nothing became it
  std::vector<HelpfulResource> resources;   // at most limits::kMaxHelpfulResources: its own first
};

struct TaughtStage {
  std::string id;
  IdKey key = 0;
  std::string title;
  int first_concept = 0;  // positions in CourseIndex::concepts
  int end_concept = 0;    // one past the last
  std::string milestone_id;
  IdKey milestone_key = 0;
  std::string milestone_title;
  int milestone_minutes = 0;
  bool gate_wants_milestone = false;  // its gate opens only when that is approved
};

struct Career {
  std::string id;
  std::string title;
  std::vector<int> concepts;  // positions in CourseIndex::concepts
};

// One roadmap, laid out for a walk in curriculum order.
struct CourseIndex {
  std::string roadmap_id;
  std::string title;
  std::vector<TaughtStage> stages;
  std::vector<TaughtConcept> concepts;
  absl::flat_hash_map<IdKey, int> positions;  // of concepts
  absl::flat_hash_map<IdKey, int> owners;     // positions of the concepts that questions belong to first
  std::vector<Career> careers;
  bool inherits = false;                               // whether a concept has ancestors
  absl::flat_hash_map<IdKey, std::vector<int>> heirs;  // positions of the concepts that others have become, in order
};

// A catalog revision, laid out for the policy. Immutable. Holds no answer key.
class Curriculum {
 public:
  // FAILED_PRECONDITION when two ids share a key, naming both.
  static absl::StatusOr<std::shared_ptr<const Curriculum>> Build(int64_t revision,
                                                                 const catalog::v1::RevisionContent& content);

  int64_t revision() const { return revision_; }
  // Null when there is no such roadmap.
  const CourseIndex* Find(absl::string_view roadmap_id) const;

 private:
  explicit Curriculum(int64_t revision) : revision_(revision) {}

  const int64_t revision_;
  absl::flat_hash_map<std::string, CourseIndex> courses_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CURRICULUM_H_
