#include "services/catalog/rpc/lists.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "services/catalog/errors.h"
#include "services/catalog/limits.h"
#include "services/catalog/rpc/page_token.h"

namespace edirae::catalog {
namespace {

constexpr size_t kBytesAroundItems = 1024;  // of a page: token, revision, lengths
constexpr size_t kBytesAroundItem = 8;

// Where the page starts in `items`.
template <class Item, class IdOf>
absl::StatusOr<size_t> FirstOfPage(const std::string& list, absl::string_view token,
                                   const std::vector<const Item*>& items, IdOf id_of) {
  if (token.empty()) return 0;
  EDIRAE_ASSIGN_OR_RETURN(const std::string last_id, DecodePageToken(list, token));
  const auto last = std::find_if(items.begin(), items.end(), [&](const Item* item) { return id_of(*item) == last_id; });
  if (last == items.end()) return errors::StalePageToken();
  return static_cast<size_t>(last - items.begin()) + 1;
}

// Fills `out` and the token of `response` with the page that `request` asks for: as many items as it wants and as fit
// into `limits::kMaxPageBytes`, but at least one when there is one.
template <class Request, class Response, class Item, class IdOf>
absl::StatusOr<Response> Page(const std::string& list, const Request& request, int64_t revision,
                              const std::vector<const Item*>& items, IdOf id_of,
                              google::protobuf::RepeatedPtrField<Item>* (Response::*out)()) {
  if (request.page_size() < 0 || request.page_size() > limits::kMaxPageSize) {
    return errors::BadPageSize(request.page_size(), limits::kMaxPageSize);
  }
  const auto wanted = static_cast<size_t>(request.page_size() == 0 ? limits::kDefaultPageSize : request.page_size());
  EDIRAE_ASSIGN_OR_RETURN(const size_t first, FirstOfPage(list, request.page_token(), items, id_of));
  Response response;
  response.set_catalog_revision(revision);
  size_t bytes = kBytesAroundItems;
  size_t next = first;
  for (; next < items.size() && next - first < wanted; ++next) {
    bytes += items[next]->ByteSizeLong() + kBytesAroundItem;
    if (bytes > limits::kMaxPageBytes && next > first) break;
    *(response.*out)()->Add() = *items[next];
  }
  if (next < items.size()) response.set_next_page_token(EncodePageToken(list, id_of(*items[next - 1])));
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
  return Page(
      "ListRoadmaps", request, revision.number(), heads, [](const v1::Roadmap& item) { return item.roadmap_id(); },
      &v1::ListRoadmapsResponse::mutable_roadmaps);
}

absl::StatusOr<v1::ListCareerPathsResponse> ListCareerPaths(const Revision& revision,
                                                            const v1::ListCareerPathsRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", request.roadmap_id()));
  const v1::Roadmap* roadmap = revision.FindRoadmap(request.roadmap_id());
  if (roadmap == nullptr) return errors::RoadmapNotFound(request.roadmap_id());
  return Page(
      absl::StrCat("ListCareerPaths/", request.roadmap_id()), request, revision.number(),
      PointersTo(roadmap->career_paths()), [](const v1::CareerPath& item) { return item.career_id(); },
      &v1::ListCareerPathsResponse::mutable_career_paths);
}

absl::StatusOr<v1::ListResourcesResponse> ListResources(const Revision& revision,
                                                        const v1::ListResourcesRequest& request) {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptEntry* entry, FindConcept(revision, request.concept_id()));
  return Page(
      absl::StrCat("ListResources/", request.concept_id()), request, revision.number(), entry->resources,
      [](const v1::Resource& item) { return item.resource_id(); }, &v1::ListResourcesResponse::mutable_resources);
}

absl::StatusOr<v1::ListQuestionsResponse> ListQuestions(const Revision& revision,
                                                        const v1::ListQuestionsRequest& request) {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptEntry* entry, FindConcept(revision, request.concept_id()));
  return Page(
      absl::StrCat("ListQuestions/", request.concept_id()), request, revision.number(), entry->questions,
      [](const v1::Question& item) { return item.question_id(); }, &v1::ListQuestionsResponse::mutable_questions);
}

absl::StatusOr<v1::ListFlashcardsResponse> ListFlashcards(const Revision& revision,
                                                          const v1::ListFlashcardsRequest& request) {
  EDIRAE_ASSIGN_OR_RETURN(const ConceptEntry* entry, FindConcept(revision, request.concept_id()));
  return Page(
      absl::StrCat("ListFlashcards/", request.concept_id()), request, revision.number(), entry->flashcards,
      [](const v1::Flashcard& item) { return item.card_id(); }, &v1::ListFlashcardsResponse::mutable_flashcards);
}

}  // namespace edirae::catalog
