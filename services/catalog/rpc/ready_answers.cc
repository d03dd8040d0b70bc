#include "services/catalog/rpc/ready_answers.h"

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "edirae/catalog/v1/catalog_service.pb.h"
#include "services/catalog/rpc/lists.h"

namespace edirae::catalog {
namespace {

rpc::Bytes Serialize(const google::protobuf::MessageLite& message) {
  return std::make_shared<const std::string>(message.SerializeAsString());
}

// Null when there is no such page; the ids come from the revision itself, so there is one.
template <class Response>
rpc::Bytes FirstPage(const absl::StatusOr<Response>& page) {
  return page.ok() ? Serialize(*page) : nullptr;
}

template <class Request>
Request OfConcept(const std::string& id) {
  Request request;
  request.set_concept_id(id);
  return request;
}

std::string StageKey(absl::string_view roadmap_id, absl::string_view stage_id) {
  return absl::StrCat(roadmap_id, "/", stage_id);
}

}  // namespace

ReadyAnswers::ReadyAnswers(const Revision& revision) : roadmaps_(FirstPage(ListRoadmaps(revision, {}))) {
  for (const v1::Roadmap* roadmap : revision.roadmaps()) AddRoadmap(revision, *roadmap);
}

void ReadyAnswers::AddRoadmap(const Revision& revision, const v1::Roadmap& roadmap) {
  v1::GetRoadmapResponse response;
  *response.mutable_roadmap() = roadmap;
  response.set_catalog_revision(revision.number());
  roadmap_by_id_[roadmap.roadmap_id()] = Serialize(response);

  v1::ListCareerPathsRequest careers;
  careers.set_roadmap_id(roadmap.roadmap_id());
  careers_by_roadmap_[roadmap.roadmap_id()] = FirstPage(ListCareerPaths(revision, careers));

  for (const v1::Stage& stage : roadmap.stages()) {
    v1::GetStageResponse stage_response;
    *stage_response.mutable_stage() = stage;
    stage_response.set_catalog_revision(revision.number());
    stage_by_ids_[StageKey(roadmap.roadmap_id(), stage.stage_id())] = Serialize(stage_response);
    for (const v1::Concept& taught : stage.concepts()) AddConcept(revision, taught);
  }
}

void ReadyAnswers::AddConcept(const Revision& revision, const v1::Concept& taught) {
  const std::string& id = taught.concept_id();
  v1::GetConceptResponse response;
  *response.mutable_concept_content() = taught;
  response.set_catalog_revision(revision.number());
  concept_by_id_[id] = Serialize(response);
  if (const ConceptEntry* entry = revision.FindConcept(id); entry != nullptr && entry->lesson != nullptr) {
    v1::GetLessonResponse lesson;
    *lesson.mutable_lesson() = *entry->lesson;
    lesson.set_catalog_revision(revision.number());
    lesson_by_concept_[id] = Serialize(lesson);
  }
  resources_by_concept_[id] = FirstPage(ListResources(revision, OfConcept<v1::ListResourcesRequest>(id)));
  questions_by_concept_[id] = FirstPage(ListQuestions(revision, OfConcept<v1::ListQuestionsRequest>(id)));
  flashcards_by_concept_[id] = FirstPage(ListFlashcards(revision, OfConcept<v1::ListFlashcardsRequest>(id)));
}

rpc::Bytes ReadyAnswers::Stage(absl::string_view roadmap_id, absl::string_view stage_id) const {
  return Find(stage_by_ids_, StageKey(roadmap_id, stage_id));
}

rpc::Bytes ReadyAnswers::Find(const ById& answers, absl::string_view id) {
  const auto found = answers.find(id);
  return found == answers.end() ? nullptr : found->second;
}

}  // namespace edirae::catalog
