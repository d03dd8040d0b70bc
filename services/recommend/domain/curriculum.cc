#include "services/recommend/domain/curriculum.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/catalog_feed/lineage.h"
#include "common/status/macros.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

using catalog::v1::RevisionContent;

// Items by the concept that they belong to.
using ItemsByConcept = absl::flat_hash_map<std::string, std::vector<Item>>;

// Finds two ids that share a key; kinds of ids are apart, because states keep them apart.
class KeyCheck {
 public:
  absl::StatusOr<IdKey> Take(const std::string& id, IdKey key) {
    const auto [entry, is_new] = owners_.emplace(key, id);
    if (!is_new && entry->second != id) {
      return absl::FailedPreconditionError(
          absl::StrCat("the ids '", entry->second, "' and '", id, "' share the key ", key));
    }
    return key;
  }

 private:
  absl::flat_hash_map<IdKey, std::string> owners_;
};

absl::StatusOr<ItemsByConcept> QuestionsOf(const RevisionContent& content) {
  ItemsByConcept own, shared;
  KeyCheck keys;
  for (const auto& keyed : content.questions()) {
    const auto& question = keyed.question();
    EDIRAE_ASSIGN_OR_RETURN(const IdKey key, keys.Take(question.question_id(), KeyOf(question.question_id())));
    for (int i = 0; i < question.concept_ids_size(); ++i) {
      (i == 0 ? own : shared)[question.concept_ids(i)].push_back({question.question_id(), key});
    }
  }
  for (auto& [concept_id, items] : shared) {
    auto& all = own[concept_id];
    all.insert(all.end(), items.begin(), items.end());
  }
  return own;
}

absl::StatusOr<ItemsByConcept> CardsOf(const RevisionContent& content) {
  ItemsByConcept cards;
  KeyCheck keys;
  for (const auto& card : content.flashcards()) {
    EDIRAE_ASSIGN_OR_RETURN(const IdKey key, keys.Take(card.card_id(), KeyOf(card.card_id())));
    cards[card.concept_id()].push_back({card.card_id(), key});
  }
  return cards;
}

using ResourcesByConcept = absl::flat_hash_map<std::string, std::vector<HelpfulResource>>;

// What belongs to single concepts.
ResourcesByConcept OwnResources(const RevisionContent& content) {
  ResourcesByConcept own;
  for (const auto& resource : content.resources()) {
    if (!resource.concept_ids().empty()) {
      own[resource.concept_ids(0)].push_back({resource.resource_id(), resource.title()});
    }
  }
  return own;
}

// `own`, then those of the stage that name the concept, then those of the whole stage.
std::vector<HelpfulResource> ResourcesFor(const std::string& concept_id, const catalog::v1::Stage& stage,
                                          std::vector<HelpfulResource> own) {
  std::vector<HelpfulResource> general;
  for (const auto& resource : stage.resources()) {
    const auto& ids = resource.concept_ids();
    if (std::find(ids.begin(), ids.end(), concept_id) != ids.end()) {
      own.push_back({resource.resource_id(), resource.title()});
    } else if (ids.empty()) {
      general.push_back({resource.resource_id(), resource.title()});
    }
  }
  own.insert(own.end(), general.begin(), general.end());
  if (own.size() > limits::kMaxResources) own.resize(limits::kMaxResources);
  return own;
}

// Builds the courses of one revision.
class CourseBuilder {
 public:
  CourseBuilder(ItemsByConcept questions, ItemsByConcept cards, ResourcesByConcept resources, Lineage lineage)
      : questions_(std::move(questions)),
        cards_(std::move(cards)),
        resources_(std::move(resources)),
        lineage_(std::move(lineage)) {}

  absl::StatusOr<CourseIndex> Build(const catalog::v1::Roadmap& roadmap) {
    CourseIndex course;
    course.roadmap_id = roadmap.roadmap_id();
    for (const auto& stage : roadmap.stages()) EDIRAE_RETURN_IF_ERROR(AddStage(roadmap, stage, course));
    LinkPrerequisites(roadmap, course);
    return course;
  }

 private:
  absl::Status AddStage(const catalog::v1::Roadmap& roadmap, const catalog::v1::Stage& stage, CourseIndex& course) {
    TaughtStage taught;
    taught.id = stage.stage_id();
    taught.title = stage.title();
    EDIRAE_ASSIGN_OR_RETURN(taught.key, stage_keys_.Take(absl::StrCat(roadmap.roadmap_id(), "/", stage.stage_id()),
                                                         StageKeyOf(roadmap.roadmap_id(), stage.stage_id())));
    taught.first_concept = static_cast<int>(course.concepts.size());
    for (const auto& source : stage.concepts()) EDIRAE_RETURN_IF_ERROR(AddConcept(roadmap, stage, source, course));
    taught.end_concept = static_cast<int>(course.concepts.size());
    course.stages.push_back(std::move(taught));
    return absl::OkStatus();
  }

  absl::Status AddConcept(const catalog::v1::Roadmap& roadmap, const catalog::v1::Stage& stage,
                          const catalog::v1::Concept& source, CourseIndex& course) {
    TaughtConcept taught;
    taught.id = source.concept_id();
    EDIRAE_ASSIGN_OR_RETURN(taught.key, concept_keys_.Take(taught.id, KeyOf(taught.id)));
    taught.title = source.title();
    taught.optional = source.optional();
    taught.stage = static_cast<int>(course.stages.size());
    taught.criterion = source.has_mastery_criterion() ? source.mastery_criterion() : roadmap.mastery_criterion();
    taught.questions = std::move(questions_[taught.id]);
    taught.cards = std::move(cards_[taught.id]);
    taught.resources = ResourcesFor(taught.id, stage, std::move(resources_[taught.id]));
    for (Ancestor& ancestor : lineage_.Of(taught.id)) {
      taught.ancestors.push_back({KeyOf(ancestor.concept_id), std::move(ancestor.sources), ancestor.inherits_mastery});
    }
    course.inherits = course.inherits || !taught.ancestors.empty();
    course.positions.emplace(taught.key, static_cast<int>(course.concepts.size()));
    course.concepts.push_back(std::move(taught));
    return absl::OkStatus();
  }

  // After all concepts have their positions.
  static void LinkPrerequisites(const catalog::v1::Roadmap& roadmap, CourseIndex& course) {
    int position = 0;
    for (const auto& stage : roadmap.stages()) {
      for (const auto& source : stage.concepts()) {
        TaughtConcept& target = course.concepts[position++];
        for (const std::string& id : source.prerequisite_ids()) {
          const auto found = course.positions.find(KeyOf(id));
          if (found == course.positions.end() || course.concepts[found->second].stage > target.stage) continue;
          target.prerequisites.push_back(found->second);
        }
      }
    }
  }

  ItemsByConcept questions_;
  ItemsByConcept cards_;
  ResourcesByConcept resources_;
  const Lineage lineage_;
  KeyCheck concept_keys_;
  KeyCheck stage_keys_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const Curriculum>> Curriculum::Build(int64_t revision, const RevisionContent& content) {
  EDIRAE_ASSIGN_OR_RETURN(ItemsByConcept questions, QuestionsOf(content));
  EDIRAE_ASSIGN_OR_RETURN(ItemsByConcept cards, CardsOf(content));
  CourseBuilder builder(std::move(questions), std::move(cards), OwnResources(content), Lineage(content));
  std::shared_ptr<Curriculum> curriculum(new Curriculum(revision));
  for (const auto& roadmap : content.roadmaps()) {
    EDIRAE_ASSIGN_OR_RETURN(curriculum->courses_[roadmap.roadmap_id()], builder.Build(roadmap));
  }
  return curriculum;
}

const CourseIndex* Curriculum::Find(absl::string_view roadmap_id) const {
  const auto found = courses_.find(roadmap_id);
  return found == courses_.end() ? nullptr : &found->second;
}

}  // namespace edirae::recommend
