#include "gateway/catalog/catalog_answers.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/errors.h"

namespace edirae::gateway {
namespace {

using catalog::v1::Concept;
using catalog::v1::Resource;
using catalog::v1::Roadmap;
using catalog::v1::Stage;

template <class Response>
constexpr PageFields FieldsOf(int items) {
  return {.items = items,
          .next_page_token = Response::kNextPageTokenFieldNumber,
          .catalog_revision = Response::kCatalogRevisionFieldNumber};
}

constexpr PageFields kRoadmaps =
    FieldsOf<learn::v1::ListRoadmapsResponse>(learn::v1::ListRoadmapsResponse::kRoadmapsFieldNumber);
constexpr PageFields kResources =
    FieldsOf<learn::v1::ListResourcesResponse>(learn::v1::ListResourcesResponse::kResourcesFieldNumber);
constexpr PageFields kQuestions =
    FieldsOf<learn::v1::ListQuestionsResponse>(learn::v1::ListQuestionsResponse::kQuestionsFieldNumber);
constexpr PageFields kFlashcards =
    FieldsOf<learn::v1::ListFlashcardsResponse>(learn::v1::ListFlashcardsResponse::kFlashcardsFieldNumber);

rpc::Bytes Serialized(const google::protobuf::MessageLite& message) {
  return std::make_shared<const std::string>(message.SerializeAsString());
}

// A roadmap as a list shows it.
Roadmap Headline(const Roadmap& roadmap) {
  Roadmap headline = roadmap;
  headline.clear_stages();
  headline.clear_career_paths();
  headline.clear_tips();
  headline.clear_faq();
  return headline;
}

bool Names(const Resource& resource, absl::string_view concept_id) {
  return std::any_of(resource.concept_ids().begin(), resource.concept_ids().end(),
                     [&](const std::string& id) { return id == concept_id; });
}

// Those of stages that name the concept, wherever in the roadmap, then those that serve its whole stage.
std::vector<const Resource*> ResourcesFor(const Roadmap& roadmap, const Stage& stage, absl::string_view concept_id) {
  std::vector<const Resource*> found;
  for (const Stage& any : roadmap.stages()) {
    for (const Resource& resource : any.resources()) {
      if (Names(resource, concept_id)) found.push_back(&resource);
    }
  }
  for (const Resource& resource : stage.resources()) {
    if (resource.concept_ids().empty()) found.push_back(&resource);
  }
  return found;
}

}  // namespace

CatalogAnswers::ConceptAnswers::ConceptAnswers(absl::string_view concept_id, int64_t revision)
    : resources(absl::StrCat("ListResources/", concept_id), kResources, revision),
      questions(absl::StrCat("ListQuestions/", concept_id), kQuestions, revision),
      flashcards(absl::StrCat("ListFlashcards/", concept_id), kFlashcards, revision) {}

CatalogAnswers::CatalogAnswers(const CatalogRevision& revision)
    : revision_(revision.number), roadmap_list_("ListRoadmaps", kRoadmaps, revision.number) {
  std::vector<const Roadmap*> in_order;
  for (const Roadmap& roadmap : revision.content.roadmaps()) in_order.push_back(&roadmap);
  std::sort(in_order.begin(), in_order.end(),
            [](const Roadmap* a, const Roadmap* b) { return a->roadmap_id() < b->roadmap_id(); });
  for (const Roadmap* roadmap : in_order) AddRoadmap(*roadmap);
  AddLessons(revision.content);
  AddResources(revision.content);
  AddPractice(revision.content);
  roadmap_list_.Finish();
  for (auto& [id, answers] : concepts_) {
    answers->resources.Finish();
    answers->questions.Finish();
    answers->flashcards.Finish();
  }
}

void CatalogAnswers::AddRoadmap(const Roadmap& roadmap) {
  roadmap_list_.Add(roadmap.roadmap_id(), Headline(roadmap));
  learn::v1::GetRoadmapResponse response;
  *response.mutable_roadmap() = roadmap;
  response.set_catalog_revision(revision_);
  roadmaps_.emplace(roadmap.roadmap_id(), Serialized(response));
  for (const Stage& stage : roadmap.stages()) {
    for (const Concept& content : stage.concepts()) AddConcept(content);
  }
}

void CatalogAnswers::AddConcept(const Concept& content) {
  learn::v1::GetConceptResponse response;
  *response.mutable_concept_content() = content;
  response.set_catalog_revision(revision_);
  auto answers = std::make_unique<ConceptAnswers>(content.concept_id(), revision_);
  answers->content = Serialized(response);
  concepts_.emplace(content.concept_id(), std::move(answers));
}

CatalogAnswers::ConceptAnswers* CatalogAnswers::AnswersFor(absl::string_view concept_id) {
  const auto found = concepts_.find(concept_id);
  return found == concepts_.end() ? nullptr : found->second.get();
}

void CatalogAnswers::AddLessons(const catalog::v1::RevisionContent& content) {
  for (const catalog::v1::Lesson& lesson : content.lessons()) {
    ConceptAnswers* answers = AnswersFor(lesson.concept_id());
    if (answers == nullptr) continue;
    learn::v1::GetLessonResponse response;
    *response.mutable_lesson() = lesson;
    response.set_catalog_revision(revision_);
    answers->lesson = Serialized(response);
  }
}

void CatalogAnswers::AddResources(const catalog::v1::RevisionContent& content) {
  for (const Resource& resource : content.resources()) {
    if (resource.concept_ids().empty()) continue;
    if (ConceptAnswers* owner = AnswersFor(resource.concept_ids(0)))
      owner->resources.Add(resource.resource_id(), resource);
  }
  for (const Roadmap& roadmap : content.roadmaps()) {
    for (const Stage& stage : roadmap.stages()) {
      for (const Concept& taught : stage.concepts()) {
        for (const Resource* resource : ResourcesFor(roadmap, stage, taught.concept_id())) {
          AnswersFor(taught.concept_id())->resources.Add(resource->resource_id(), *resource);
        }
      }
    }
  }
}

void CatalogAnswers::AddPractice(const catalog::v1::RevisionContent& content) {
  for (const catalog::v1::KeyedQuestion& keyed : content.questions()) {
    for (const std::string& concept_id : keyed.question().concept_ids()) {
      if (ConceptAnswers* answers = AnswersFor(concept_id)) {
        answers->questions.Add(keyed.question().question_id(), keyed.question());  // never the key
      }
    }
  }
  for (const catalog::v1::Flashcard& card : content.flashcards()) {
    if (ConceptAnswers* answers = AnswersFor(card.concept_id())) answers->flashcards.Add(card.card_id(), card);
  }
}

absl::StatusOr<rpc::Bytes> CatalogAnswers::ListRoadmaps(int page_size, absl::string_view page_token) const {
  return roadmap_list_.Page(page_size, page_token);
}

absl::Status CatalogAnswers::CheckRoadmap(absl::string_view roadmap_id) const {
  if (roadmaps_.contains(roadmap_id)) return absl::OkStatus();
  return NotInCatalog("ROADMAP_NOT_FOUND", "roadmap_id", roadmap_id);
}

absl::StatusOr<rpc::Bytes> CatalogAnswers::GetRoadmap(absl::string_view roadmap_id) const {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", roadmap_id));
  const auto found = roadmaps_.find(roadmap_id);
  if (found == roadmaps_.end()) return NotInCatalog("ROADMAP_NOT_FOUND", "roadmap_id", roadmap_id);
  return found->second;
}

absl::StatusOr<const CatalogAnswers::ConceptAnswers*> CatalogAnswers::Find(absl::string_view concept_id) const {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("concept_id", concept_id));
  const auto found = concepts_.find(concept_id);
  if (found == concepts_.end()) return NotInCatalog("CONCEPT_NOT_FOUND", "concept_id", concept_id);
  return found->second.get();
}

absl::StatusOr<rpc::Bytes> CatalogAnswers::GetConcept(absl::string_view concept_id) const {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptAnswers* answers, Find(concept_id));
  return answers->content;
}

absl::StatusOr<rpc::Bytes> CatalogAnswers::GetLesson(absl::string_view concept_id) const {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptAnswers* answers, Find(concept_id));
  if (answers->lesson == nullptr) return NotInCatalog("LESSON_NOT_FOUND", "concept_id", concept_id);
  return answers->lesson;
}

absl::StatusOr<rpc::Bytes> CatalogAnswers::ListResources(absl::string_view concept_id, int page_size,
                                                         absl::string_view page_token) const {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptAnswers* answers, Find(concept_id));
  return answers->resources.Page(page_size, page_token);
}

absl::StatusOr<rpc::Bytes> CatalogAnswers::ListQuestions(absl::string_view concept_id, int page_size,
                                                         absl::string_view page_token) const {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptAnswers* answers, Find(concept_id));
  return answers->questions.Page(page_size, page_token);
}

absl::StatusOr<rpc::Bytes> CatalogAnswers::ListFlashcards(absl::string_view concept_id, int page_size,
                                                          absl::string_view page_token) const {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptAnswers* answers, Find(concept_id));
  return answers->flashcards.Page(page_size, page_token);
}

void NewestCatalog::Set(std::shared_ptr<const CatalogAnswers> answers) {
  const std::lock_guard lock(mutex_);
  answers_.swap(answers);  // the old answers end after the lock, with `answers`
}

absl::StatusOr<std::shared_ptr<const CatalogAnswers>> NewestCatalog::Get() const {
  const std::lock_guard lock(mutex_);
  if (answers_ == nullptr) return CatalogNotLoaded();
  return answers_;
}

}  // namespace edirae::gateway
