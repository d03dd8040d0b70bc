#include "common/catalog_reads/catalog_answers.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/catalog_reads/errors.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "common/wire/wire.h"

namespace edirae::catalog_reads {
namespace {

using catalog::v1::Concept;
using catalog::v1::Resource;
using catalog::v1::Roadmap;
using catalog::v1::Stage;

// A roadmap as a list shows it.
Roadmap Headline(const Roadmap& roadmap) {
  Roadmap headline = roadmap;
  headline.clear_stages();
  headline.clear_career_paths();
  headline.clear_tips();
  headline.clear_faq();
  return headline;
}

std::string StageKey(absl::string_view roadmap_id, absl::string_view stage_id) {
  return absl::StrCat(roadmap_id, "/", stage_id);
}

// Ids of questions and cards: the concept's and their own, with a point between.
absl::Status CheckItemId(absl::string_view field, const std::string& id) {
  const size_t point = id.find('.');
  if (point == std::string::npos) return CheckSlug(field, "");
  EDIRAE_RETURN_IF_ERROR(CheckSlug(field, id.substr(0, point)));
  return CheckSlug(field, id.substr(point + 1));
}

rpc::Bytes NotModifiedBytes(int revision_field, int64_t revision) {
  std::string bytes;
  wire::AppendVarint(bytes, revision_field, static_cast<uint64_t>(revision));
  wire::AppendVarint(bytes, kNotModifiedField, 1);
  return std::make_shared<const std::string>(std::move(bytes));
}

}  // namespace

struct CatalogAnswers::RoadmapAnswers {
  RoadmapAnswers(const Roadmap& about, int64_t revision)
      : roadmap(about),
        stages(absl::StrCat("stages/", about.roadmap_id()), revision),
        concepts(absl::StrCat("concepts/", about.roadmap_id()), revision),
        milestones(absl::StrCat("milestones/", about.roadmap_id()), revision),
        careers(absl::StrCat("careers/", about.roadmap_id()), revision) {}

  const Roadmap& roadmap;
  ReadyAnswer whole;
  ReadyAnswer graph;
  PagedAnswer stages;
  PagedAnswer concepts;
  PagedAnswer milestones;
  PagedAnswer careers;
};

struct CatalogAnswers::StageAnswers {
  StageAnswers(const Stage& about, const std::string& key, int64_t revision)
      : stage(about), concepts(absl::StrCat("concepts/", key), revision) {}

  const Stage& stage;
  ReadyAnswer whole;
  PagedAnswer concepts;
};

struct CatalogAnswers::ConceptAnswers {
  ConceptAnswers(const Concept& about, int64_t revision)
      : taught(about),
        resources(absl::StrCat("resources/", about.concept_id()), revision),
        questions(absl::StrCat("questions/", about.concept_id()), revision),
        flashcards(absl::StrCat("flashcards/", about.concept_id()), revision) {}

  const Concept& taught;
  ReadyAnswer whole;
  const catalog::v1::Lesson* lesson = nullptr;
  ReadyAnswer whole_lesson;
  PagedAnswer resources;
  PagedAnswer questions;
  PagedAnswer flashcards;
};

CatalogAnswers::CatalogAnswers(int64_t revision, std::shared_ptr<const catalog::v1::RevisionContent> content)
    : revision_(revision),
      content_(std::move(content)),
      places_(PlacesOf(*content_)),
      not_modified_get_(NotModifiedBytes(kGetRevisionField, revision)),
      not_modified_list_(NotModifiedBytes(kListRevisionField, revision)),
      roadmap_list_("roadmaps", revision) {
  std::vector<const Roadmap*> in_order;
  for (const Roadmap& roadmap : content_->roadmaps()) in_order.push_back(&roadmap);
  std::sort(in_order.begin(), in_order.end(),
            [](const Roadmap* a, const Roadmap* b) { return a->roadmap_id() < b->roadmap_id(); });
  concepts_.reserve(places_.size());
  questions_.reserve(static_cast<size_t>(content_->questions_size()));
  flashcards_.reserve(static_cast<size_t>(content_->flashcards_size()));
  for (const Roadmap* roadmap : in_order) AddRoadmap(*roadmap);
  for (const catalog::v1::Lesson& lesson : content_->lessons()) {
    if (ConceptAnswers* about = AnswersAbout(lesson.concept_id())) about->lesson = &lesson;
  }
  for (const Resource& resource : content_->resources()) {
    AddResource(resource);
    if (resource.concept_ids().empty()) continue;
    if (ConceptAnswers* owner = AnswersAbout(resource.concept_ids(0))) {
      owner->resources.Add(resource.resource_id(), resource);
    }
  }
  for (const Roadmap* roadmap : in_order) AddStageResources(*roadmap);
  for (const catalog::v1::KeyedQuestion& keyed : content_->questions()) AddQuestion(keyed.question());  // never the key
  for (const catalog::v1::Flashcard& card : content_->flashcards()) AddFlashcard(card);
}

CatalogAnswers::~CatalogAnswers() = default;

rpc::Bytes CatalogAnswers::Got(const google::protobuf::MessageLite& item) const {
  std::string bytes;
  wire::AppendBytes(bytes, kItemField, item.SerializeAsString());
  wire::AppendVarint(bytes, kGetRevisionField, static_cast<uint64_t>(revision_));
  return std::make_shared<const std::string>(std::move(bytes));
}

rpc::Bytes CatalogAnswers::Got(const ItemAnswer& item) const {
  return item.answer.Get([&] { return Got(item.item); });
}

CatalogAnswers::Answer CatalogAnswers::Got(const Entry& entry) const {
  std::string bytes(entry.list->Item(entry.place));
  wire::AppendVarint(bytes, kGetRevisionField, static_cast<uint64_t>(revision_));
  return std::make_shared<const std::string>(std::move(bytes));
}

void CatalogAnswers::AddRoadmap(const Roadmap& roadmap) {
  const std::string& id = roadmap.roadmap_id();
  headlines_.push_back(std::make_unique<const Roadmap>(Headline(roadmap)));
  roadmap_list_.Add(id, *headlines_.back());
  auto answers = std::make_unique<RoadmapAnswers>(roadmap, revision_);
  for (const catalog::v1::CareerPath& career : roadmap.career_paths()) answers->careers.Add(career.career_id(), career);
  for (const Stage& stage : roadmap.stages()) AddStage(stage, id, *answers);
  roadmaps_.emplace(id, std::move(answers));
}

void CatalogAnswers::AddStage(const Stage& stage, const std::string& roadmap_id, RoadmapAnswers& roadmap) {
  const std::string key = StageKey(roadmap_id, stage.stage_id());
  auto answers = std::make_unique<StageAnswers>(stage, key, revision_);
  roadmap.stages.Add(stage.stage_id(), stage);
  for (const Concept& taught : stage.concepts()) {
    AddConcept(taught);
    answers->concepts.Add(taught.concept_id(), taught);
    roadmap.concepts.Add(taught.concept_id(), taught);
  }
  if (stage.has_milestone()) {
    roadmap.milestones.Add(stage.milestone().milestone_id(), stage.milestone());
    milestones_.emplace(stage.milestone().milestone_id(), std::make_unique<ItemAnswer>(stage.milestone()));
  }
  stages_.emplace(key, std::move(answers));
}

void CatalogAnswers::AddConcept(const Concept& taught) {
  concepts_.emplace(taught.concept_id(), std::make_unique<ConceptAnswers>(taught, revision_));
}

void CatalogAnswers::AddResource(const Resource& resource) {
  resources_.emplace(resource.resource_id(), std::make_unique<ItemAnswer>(resource));
}

// Those of stages that name a concept, wherever in the roadmap, then those that serve its whole stage.
void CatalogAnswers::AddStageResources(const Roadmap& roadmap) {
  for (const Stage& stage : roadmap.stages()) {
    for (const Resource& resource : stage.resources()) {
      AddResource(resource);
      for (const std::string& id : resource.concept_ids()) {
        if (ConceptAnswers* about = AnswersAbout(id)) about->resources.Add(resource.resource_id(), resource);
      }
    }
  }
  for (const Stage& stage : roadmap.stages()) {
    for (const Resource& resource : stage.resources()) {
      if (!resource.concept_ids().empty()) continue;
      for (const Concept& taught : stage.concepts()) {
        AnswersAbout(taught.concept_id())->resources.Add(resource.resource_id(), resource);
      }
    }
  }
}

void CatalogAnswers::AddQuestion(const catalog::v1::Question& question) {
  for (const std::string& id : question.concept_ids()) {
    ConceptAnswers* about = AnswersAbout(id);
    if (about == nullptr) continue;
    questions_.try_emplace(question.question_id(), Entry{&about->questions, about->questions.size()});
    about->questions.Add(question.question_id(), question);
  }
}

void CatalogAnswers::AddFlashcard(const catalog::v1::Flashcard& card) {
  ConceptAnswers* about = AnswersAbout(card.concept_id());
  if (about == nullptr) return;
  flashcards_.try_emplace(card.card_id(), Entry{&about->flashcards, about->flashcards.size()});
  about->flashcards.Add(card.card_id(), card);
}

CatalogAnswers::ConceptAnswers* CatalogAnswers::AnswersAbout(absl::string_view concept_id) const {
  const auto found = concepts_.find(concept_id);
  return found == concepts_.end() ? nullptr : found->second.get();
}

absl::StatusOr<const CatalogAnswers::RoadmapAnswers*> CatalogAnswers::FindRoadmap(const std::string& roadmap_id) const {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", roadmap_id));
  const auto found = roadmaps_.find(roadmap_id);
  if (found == roadmaps_.end()) return NotInCatalog("ROADMAP_NOT_FOUND", "roadmap_id", roadmap_id);
  return found->second.get();
}

absl::StatusOr<const CatalogAnswers::StageAnswers*> CatalogAnswers::FindStage(const std::string& roadmap_id,
                                                                              const std::string& stage_id) const {
  EDIRAE_RETURN_IF_ERROR(FindRoadmap(roadmap_id).status());
  EDIRAE_RETURN_IF_ERROR(CheckSlug("stage_id", stage_id));
  const auto found = stages_.find(StageKey(roadmap_id, stage_id));
  if (found == stages_.end()) return NotInCatalog("STAGE_NOT_FOUND", "stage_id", stage_id);
  return found->second.get();
}

absl::StatusOr<const CatalogAnswers::ConceptAnswers*> CatalogAnswers::FindConcept(const std::string& concept_id) const {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("concept_id", concept_id));
  const ConceptAnswers* about = AnswersAbout(concept_id);
  if (about == nullptr) return NotInCatalog("CONCEPT_NOT_FOUND", "concept_id", concept_id);
  return about;
}

absl::Status CatalogAnswers::CheckRoadmap(const std::string& roadmap_id) const {
  return FindRoadmap(roadmap_id).status();
}

rpc::Bytes CatalogAnswers::NotModified(int revision_field) const {
  return revision_field == kGetRevisionField ? not_modified_get_ : not_modified_list_;
}

using Answer = CatalogAnswers::Answer;

Answer CatalogAnswers::For(const catalog::v1::ListRoadmapsRequest& request) const {
  return roadmap_list_.Page(request.page_size(), request.page_token());
}

Answer CatalogAnswers::For(const catalog::v1::GetRoadmapRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const RoadmapAnswers* roadmap, FindRoadmap(request.roadmap_id()));
  return roadmap->whole.Get([&] { return Got(roadmap->roadmap); });
}

Answer CatalogAnswers::For(const catalog::v1::GetPrerequisiteGraphRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const RoadmapAnswers* roadmap, FindRoadmap(request.roadmap_id()));
  return roadmap->graph.Get([&] { return Got(GraphOf(roadmap->roadmap, places_)); });
}

Answer CatalogAnswers::For(const catalog::v1::GetCareerPathRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const RoadmapAnswers* roadmap, FindRoadmap(request.roadmap_id()));
  EDIRAE_RETURN_IF_ERROR(CheckSlug("career_id", request.career_id()));
  for (int i = 0; i < roadmap->roadmap.career_paths_size(); ++i) {
    if (roadmap->roadmap.career_paths(i).career_id() == request.career_id()) {
      return Got(Entry{&roadmap->careers, static_cast<size_t>(i)});
    }
  }
  return NotInCatalog("CAREER_NOT_FOUND", "career_id", request.career_id());
}

Answer CatalogAnswers::For(const catalog::v1::ListStagesRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const RoadmapAnswers* roadmap, FindRoadmap(request.roadmap_id()));
  return roadmap->stages.Page(request.page_size(), request.page_token());
}

Answer CatalogAnswers::For(const catalog::v1::ListMilestonesRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const RoadmapAnswers* roadmap, FindRoadmap(request.roadmap_id()));
  return roadmap->milestones.Page(request.page_size(), request.page_token());
}

Answer CatalogAnswers::For(const catalog::v1::ListCareerPathsRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const RoadmapAnswers* roadmap, FindRoadmap(request.roadmap_id()));
  return roadmap->careers.Page(request.page_size(), request.page_token());
}

Answer CatalogAnswers::For(const catalog::v1::ListConceptsRequest& request) const {
  if (request.stage_id().empty()) {
    EDIRAE_ASSIGN_OR_RETURN(const RoadmapAnswers* roadmap, FindRoadmap(request.roadmap_id()));
    return roadmap->concepts.Page(request.page_size(), request.page_token());
  }
  EDIRAE_ASSIGN_OR_RETURN(const StageAnswers* stage, FindStage(request.roadmap_id(), request.stage_id()));
  return stage->concepts.Page(request.page_size(), request.page_token());
}

Answer CatalogAnswers::For(const catalog::v1::GetStageRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const StageAnswers* stage, FindStage(request.roadmap_id(), request.stage_id()));
  return stage->whole.Get([&] { return Got(stage->stage); });
}

Answer CatalogAnswers::For(const catalog::v1::GetConceptRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptAnswers* about, FindConcept(request.concept_id()));
  return about->whole.Get([&] { return Got(about->taught); });
}

Answer CatalogAnswers::For(const catalog::v1::GetLessonRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptAnswers* about, FindConcept(request.concept_id()));
  if (about->lesson == nullptr) return NotInCatalog("LESSON_NOT_FOUND", "concept_id", request.concept_id());
  return about->whole_lesson.Get([&] { return Got(*about->lesson); });
}

Answer CatalogAnswers::For(const catalog::v1::ListResourcesRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptAnswers* about, FindConcept(request.concept_id()));
  return about->resources.Page(request.page_size(), request.page_token());
}

Answer CatalogAnswers::For(const catalog::v1::ListQuestionsRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptAnswers* about, FindConcept(request.concept_id()));
  return about->questions.Page(request.page_size(), request.page_token());
}

Answer CatalogAnswers::For(const catalog::v1::ListFlashcardsRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptAnswers* about, FindConcept(request.concept_id()));
  return about->flashcards.Page(request.page_size(), request.page_token());
}

Answer CatalogAnswers::For(const catalog::v1::GetResourceRequest& request) const {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("resource_id", request.resource_id()));
  const auto found = resources_.find(request.resource_id());
  if (found == resources_.end()) return NotInCatalog("RESOURCE_NOT_FOUND", "resource_id", request.resource_id());
  return Got(*found->second);
}

Answer CatalogAnswers::For(const catalog::v1::GetMilestoneRequest& request) const {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("milestone_id", request.milestone_id()));
  const auto found = milestones_.find(request.milestone_id());
  if (found == milestones_.end()) return NotInCatalog("MILESTONE_NOT_FOUND", "milestone_id", request.milestone_id());
  return Got(*found->second);
}

Answer CatalogAnswers::For(const catalog::v1::GetQuestionRequest& request) const {
  EDIRAE_RETURN_IF_ERROR(CheckItemId("question_id", request.question_id()));
  const auto found = questions_.find(request.question_id());
  if (found == questions_.end()) return NotInCatalog("QUESTION_NOT_FOUND", "question_id", request.question_id());
  return Got(found->second);
}

Answer CatalogAnswers::For(const catalog::v1::GetFlashcardRequest& request) const {
  EDIRAE_RETURN_IF_ERROR(CheckItemId("card_id", request.card_id()));
  const auto found = flashcards_.find(request.card_id());
  if (found == flashcards_.end()) return NotInCatalog("CARD_NOT_FOUND", "card_id", request.card_id());
  return Got(found->second);
}

}  // namespace edirae::catalog_reads
