#include "services/catalog/rpc/lists.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/rpc/page.h"
#include "common/status/macros.h"
#include "services/catalog/errors.h"

namespace edirae::catalog {
namespace {

constexpr size_t kBytesAroundItem = 8;  // its field number and length

// Fills `out` and the token of `response` with the page that `request` asks for.
template <class Request, class Response, class Item>
absl::StatusOr<Response> Page(const std::string& list, const Request& request, int64_t revision,
                              const std::vector<const Item*>& items, const std::string& (Item::*id_of)() const,
                              google::protobuf::RepeatedPtrField<Item>* (Response::*out)()) {
  const auto id_at = [&](size_t i) { return absl::string_view((items[i]->*id_of)()); };
  const auto bytes_at = [&](size_t i) { return items[i]->ByteSizeLong() + kBytesAroundItem; };
  EDIRAE_ASSIGN_OR_RETURN(rpc::Page page,
                          rpc::FindPage({.name = list, .size = items.size(), .id_of = id_at, .bytes_of = bytes_at},
                                        request.page_size(), request.page_token()));
  Response response;
  response.set_catalog_revision(revision);
  for (size_t i = page.first; i < page.end; ++i) *(response.*out)()->Add() = *items[i];
  response.set_next_page_token(std::move(page.next_page_token));
  return response;
}

template <class Item>
std::vector<const Item*> PointersTo(const google::protobuf::RepeatedPtrField<Item>& items) {
  return {items.pointer_begin(), items.pointer_end()};
}

absl::StatusOr<const ConceptEntry*> FindConcept(const Revision& revision, const std::string& id) {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("concept_id", id));
  const ConceptEntry* entry = revision.FindConcept(id);
  if (entry == nullptr) return errors::ConceptNotFound(id);
  return entry;
}

}  // namespace

absl::StatusOr<v1::ListRoadmapsResponse> ListRoadmaps(const Revision& revision,
                                                      const v1::ListRoadmapsRequest& request) {
  std::vector<const v1::Roadmap*> heads;
  for (const v1::Roadmap& head : revision.roadmap_heads()) heads.push_back(&head);
  return Page("ListRoadmaps", request, revision.number(), heads, &v1::Roadmap::roadmap_id,
              &v1::ListRoadmapsResponse::mutable_roadmaps);
}

absl::StatusOr<v1::ListCareerPathsResponse> ListCareerPaths(const Revision& revision,
                                                            const v1::ListCareerPathsRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", request.roadmap_id()));
  const v1::Roadmap* roadmap = revision.FindRoadmap(request.roadmap_id());
  if (roadmap == nullptr) return errors::RoadmapNotFound(request.roadmap_id());
  return Page(absl::StrCat("ListCareerPaths/", request.roadmap_id()), request, revision.number(),
              PointersTo(roadmap->career_paths()), &v1::CareerPath::career_id,
              &v1::ListCareerPathsResponse::mutable_career_paths);
}

absl::StatusOr<v1::ListResourcesResponse> ListResources(const Revision& revision,
                                                        const v1::ListResourcesRequest& request) {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptEntry* entry, FindConcept(revision, request.concept_id()));
  return Page(absl::StrCat("ListResources/", request.concept_id()), request, revision.number(), entry->resources,
              &v1::Resource::resource_id, &v1::ListResourcesResponse::mutable_resources);
}

absl::StatusOr<v1::ListQuestionsResponse> ListQuestions(const Revision& revision,
                                                        const v1::ListQuestionsRequest& request) {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptEntry* entry, FindConcept(revision, request.concept_id()));
  return Page(absl::StrCat("ListQuestions/", request.concept_id()), request, revision.number(), entry->questions,
              &v1::Question::question_id, &v1::ListQuestionsResponse::mutable_questions);
}

absl::StatusOr<v1::ListFlashcardsResponse> ListFlashcards(const Revision& revision,
                                                          const v1::ListFlashcardsRequest& request) {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptEntry* entry, FindConcept(revision, request.concept_id()));
  return Page(absl::StrCat("ListFlashcards/", request.concept_id()), request, revision.number(), entry->flashcards,
              &v1::Flashcard::card_id, &v1::ListFlashcardsResponse::mutable_flashcards);
}

}  // namespace edirae::catalog
