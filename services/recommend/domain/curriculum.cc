#include "services/recommend/domain/curriculum.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/catalog_feed/lineage.h"
#include "common/guessing/guess.h"
#include "common/status/macros.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

using catalog::v1::RevisionContent;

// Items by the concept that they belong to.
using QuestionsByConcept = absl::flat_hash_map<std::string, std::vector<TaughtQuestion>>;
using CardsByConcept = absl::flat_hash_map<std::string, std::vector<TaughtCard>>;

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

absl::StatusOr<QuestionsByConcept> QuestionsOf(const RevisionContent& content) {
  QuestionsByConcept own, shared;
  KeyCheck keys;
  for (const auto& keyed : content.questions()) {
    const auto& question = keyed.question();
    EDIRAE_ASSIGN_OR_RETURN(const IdKey key, keys.Take(question.question_id(), KeyOf(question.question_id())));
    TaughtQuestion taught{.id = question.question_id(),
                          .key = key,
                          .difficulty = question.difficulty(),
                          .kind = question.kind(),
                          .guess_permille = GuessPermille(question)};
    for (const std::string& id : question.concept_ids()) {
      taught.concept_ids.push_back(id);
      taught.concept_keys.push_back(KeyOf(id));
    }
    for (int i = 0; i < question.concept_ids_size(); ++i) {
      (i == 0 ? own : shared)[question.concept_ids(i)].push_back(taught);
    }
  }
  for (auto& [concept_id, items] : shared) {
    auto& all = own[concept_id];
    all.insert(all.end(), items.begin(), items.end());
  }
  return own;
}

absl::StatusOr<CardsByConcept> CardsOf(const RevisionContent& content) {
  CardsByConcept cards;
  KeyCheck keys;
  for (const auto& card : content.flashcards()) {
    EDIRAE_ASSIGN_OR_RETURN(const IdKey key, keys.Take(card.card_id(), KeyOf(card.card_id())));
    cards[card.concept_id()].push_back({card.card_id(), key});
  }
  return cards;
}

using ResourcesByConcept = absl::flat_hash_map<std::string, std::vector<HelpfulResource>>;

HelpfulResource Helpful(const catalog::v1::Resource& resource, bool is_general) {
  return {.id = resource.resource_id(),
          .key = KeyOf(resource.resource_id()),
          .title = resource.title(),
          .level = resource.level(),
          .minutes = resource.estimated_minutes(),
          .is_general = is_general};
}

// What belongs to single concepts.
ResourcesByConcept OwnResources(const RevisionContent& content) {
  ResourcesByConcept own;
  for (const auto& resource : content.resources()) {
    if (!resource.concept_ids().empty()) {
      own[resource.concept_ids(0)].push_back(Helpful(resource, false));
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
      own.push_back(Helpful(resource, false));
    } else if (ids.empty()) {
      general.push_back(Helpful(resource, true));
    }
  }
  own.insert(own.end(), general.begin(), general.end());
  if (own.size() > limits::kMaxHelpfulResources) own.resize(limits::kMaxHelpfulResources);
  return own;
}

// Builds the courses of one revision.
class CourseBuilder {
 public:
  CourseBuilder(QuestionsByConcept questions, CardsByConcept cards, ResourcesByConcept resources, Lineage lineage)
      : questions_(std::move(questions)),
        cards_(std::move(cards)),
        resources_(std::move(resources)),
        lineage_(std::move(lineage)) {}

  absl::StatusOr<CourseIndex> Build(const catalog::v1::Roadmap& roadmap) {
    CourseIndex course;
    course.roadmap_id = roadmap.roadmap_id();
    course.title = roadmap.title();
    for (const auto& stage : roadmap.stages()) EDIRAE_RETURN_IF_ERROR(AddStage(roadmap, stage, course));
    LinkPrerequisites(roadmap, course);
    for (const auto& path : roadmap.career_paths()) AddCareer(path, course);
    return course;
  }

 private:
  absl::Status AddStage(const catalog::v1::Roadmap& roadmap, const catalog::v1::Stage& stage, CourseIndex& course) {
    TaughtStage taught;
    taught.id = stage.stage_id();
    taught.title = stage.title();
    EDIRAE_ASSIGN_OR_RETURN(taught.key, stage_keys_.Take(absl::StrCat(roadmap.roadmap_id(), "/", stage.stage_id()),
                                                         StageKeyOf(roadmap.roadmap_id(), stage.stage_id())));
    taught.milestone_id = stage.milestone().milestone_id();
    taught.milestone_key = KeyOf(taught.milestone_id);
    taught.milestone_title = stage.milestone().title();
    taught.milestone_minutes = stage.milestone().estimated_minutes();
    const auto& gate = stage.has_gate_criterion() ? stage.gate_criterion() : roadmap.gate_criterion();
    taught.gate_wants_milestone = gate.milestone_approved();
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
    taught.estimated_minutes = source.estimated_minutes();
    for (const std::string& id : source.prerequisite_ids()) taught.prerequisite_keys.push_back(KeyOf(id));
    taught.questions = std::move(questions_[taught.id]);
    for (const TaughtQuestion& question : taught.questions) {
      course.owners.emplace(question.key, static_cast<int>(course.concepts.size()));
      if (question.concept_keys.front() == taught.key) {
        course.owners[question.key] = static_cast<int>(course.concepts.size());
      }
    }
    taught.cards = std::move(cards_[taught.id]);
    taught.resources = ResourcesFor(taught.id, stage, std::move(resources_[taught.id]));
    for (Ancestor& ancestor : lineage_.Of(taught.id)) {
      const IdKey key = KeyOf(ancestor.concept_id);
      if (key != taught.key) course.heirs[key].push_back(static_cast<int>(course.concepts.size()));
      taught.ancestors.push_back({key, std::move(ancestor.sources), ancestor.inherits_mastery});
    }
    course.inherits = course.inherits || !taught.ancestors.empty();
    course.positions.emplace(taught.key, static_cast<int>(course.concepts.size()));
    course.concepts.push_back(std::move(taught));
    return absl::OkStatus();
  }

  static void AddCareer(const catalog::v1::CareerPath& path, CourseIndex& course) {
    Career& career = course.careers.emplace_back();
    career.id = path.career_id();
    career.title = path.title();
    for (const std::string& id : path.concept_ids()) {
      const auto found = course.positions.find(KeyOf(id));
      if (found != course.positions.end()) career.concepts.push_back(found->second);
    }
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
        for (const std::string& id : source.helpful_ids()) {
          const auto found = course.positions.find(KeyOf(id));
          if (found != course.positions.end()) target.helpful.push_back(found->second);
        }
      }
    }
  }

  QuestionsByConcept questions_;
  CardsByConcept cards_;
  ResourcesByConcept resources_;
  const Lineage lineage_;
  KeyCheck concept_keys_;
  KeyCheck stage_keys_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const Curriculum>> Curriculum::Build(int64_t revision, const RevisionContent& content) {
  EDIRAE_ASSIGN_OR_RETURN(QuestionsByConcept questions, QuestionsOf(content));
  EDIRAE_ASSIGN_OR_RETURN(CardsByConcept cards, CardsOf(content));
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
