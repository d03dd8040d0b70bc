#include "services/catalog/rpc/catalog_methods.h"

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "common/ids/ids.h"
#include "common/rpc/call.h"
#include "common/rpc/limits.h"
#include "common/status/macros.h"
#include "edirae/catalog/v1/catalog_service.pb.h"
#include "services/catalog/errors.h"
#include "services/catalog/rpc/lists.h"

namespace edirae::catalog {
namespace {

template <class Request>
using Answer = absl::StatusOr<rpc::Bytes> (*)(const Publication&, const Request&);

// A handler that answers from the newest revision.
template <class Request>
rpc::Handler Reads(const Revisions& revisions, Answer<Request> answer) {
  return [&revisions, answer](const rpc::CallContext&, absl::string_view bytes, rpc::Done done) {
    Request request;
    if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      return std::move(done)(rpc::MalformedRequest());
    }
    const std::shared_ptr<const Publication> newest = revisions.Current();
    if (newest == nullptr) return std::move(done)(errors::NoRevision());
    std::move(done)(answer(*newest, request));
  };
}

// Whether the request asks for what is ready-made.
template <class Request>
bool IsFirstPage(const Request& request) {
  return request.page_token().empty() &&
         (request.page_size() == 0 || request.page_size() == rpc::limits::kDefaultPageSize);
}

template <class Response>
absl::StatusOr<rpc::Bytes> Serialized(const absl::StatusOr<Response>& response) {
  if (!response.ok()) return response.status();
  return std::make_shared<const std::string>(response->SerializeAsString());
}

absl::StatusOr<rpc::Bytes> AnswerListRoadmaps(const Publication& newest, const v1::ListRoadmapsRequest& request) {
  if (IsFirstPage(request)) return newest.answers.roadmaps();
  return Serialized(ListRoadmaps(newest.revision, request));
}

absl::StatusOr<rpc::Bytes> AnswerGetRoadmap(const Publication& newest, const v1::GetRoadmapRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", request.roadmap_id()));
  rpc::Bytes ready = newest.answers.Roadmap(request.roadmap_id());
  if (ready == nullptr) return errors::RoadmapNotFound(request.roadmap_id());
  return ready;
}

absl::StatusOr<rpc::Bytes> AnswerGetStage(const Publication& newest, const v1::GetStageRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", request.roadmap_id()));
  EDIRAE_RETURN_IF_ERROR(CheckSlug("stage_id", request.stage_id()));
  rpc::Bytes ready = newest.answers.Stage(request.roadmap_id(), request.stage_id());
  if (ready != nullptr) return ready;
  if (newest.revision.FindRoadmap(request.roadmap_id()) == nullptr) {
    return errors::RoadmapNotFound(request.roadmap_id());
  }
  return errors::StageNotFound(request.roadmap_id(), request.stage_id());
}

absl::StatusOr<rpc::Bytes> AnswerGetConcept(const Publication& newest, const v1::GetConceptRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("concept_id", request.concept_id()));
  rpc::Bytes ready = newest.answers.Concept(request.concept_id());
  if (ready == nullptr) return errors::ConceptNotFound(request.concept_id());
  return ready;
}

absl::StatusOr<rpc::Bytes> AnswerGetLesson(const Publication& newest, const v1::GetLessonRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckSlug("concept_id", request.concept_id()));
  rpc::Bytes ready = newest.answers.Lesson(request.concept_id());
  if (ready == nullptr) return errors::ConceptNotFound(request.concept_id());
  return ready;
}

// The ready-made page when it is asked for and there is one; otherwise the list computes the page, or says what is
// wrong.
template <class Request>
rpc::Bytes ReadyPage(const Publication& newest, const Request& request, const std::string& id,
                     rpc::Bytes (ReadyAnswers::*find)(absl::string_view) const) {
  return IsFirstPage(request) ? (newest.answers.*find)(id) : nullptr;
}

absl::StatusOr<rpc::Bytes> AnswerListResources(const Publication& newest, const v1::ListResourcesRequest& request) {
  rpc::Bytes ready = ReadyPage(newest, request, request.concept_id(), &ReadyAnswers::Resources);
  if (ready != nullptr) return ready;
  return Serialized(ListResources(newest.revision, request));
}

absl::StatusOr<rpc::Bytes> AnswerListCareerPaths(const Publication& newest, const v1::ListCareerPathsRequest& request) {
  rpc::Bytes ready = ReadyPage(newest, request, request.roadmap_id(), &ReadyAnswers::CareerPaths);
  if (ready != nullptr) return ready;
  return Serialized(ListCareerPaths(newest.revision, request));
}

absl::StatusOr<rpc::Bytes> AnswerListQuestions(const Publication& newest, const v1::ListQuestionsRequest& request) {
  rpc::Bytes ready = ReadyPage(newest, request, request.concept_id(), &ReadyAnswers::Questions);
  if (ready != nullptr) return ready;
  return Serialized(ListQuestions(newest.revision, request));
}

absl::StatusOr<rpc::Bytes> AnswerListFlashcards(const Publication& newest, const v1::ListFlashcardsRequest& request) {
  rpc::Bytes ready = ReadyPage(newest, request, request.concept_id(), &ReadyAnswers::Flashcards);
  if (ready != nullptr) return ready;
  return Serialized(ListFlashcards(newest.revision, request));
}

}  // namespace

void AddCatalogMethods(const Revisions& revisions, rpc::MethodTable& methods) {
  methods.Add(kListRoadmaps, Reads<v1::ListRoadmapsRequest>(revisions, AnswerListRoadmaps));
  methods.Add(kGetRoadmap, Reads<v1::GetRoadmapRequest>(revisions, AnswerGetRoadmap));
  methods.Add(kGetStage, Reads<v1::GetStageRequest>(revisions, AnswerGetStage));
  methods.Add(kGetConcept, Reads<v1::GetConceptRequest>(revisions, AnswerGetConcept));
  methods.Add(kGetLesson, Reads<v1::GetLessonRequest>(revisions, AnswerGetLesson));
  methods.Add(kListResources, Reads<v1::ListResourcesRequest>(revisions, AnswerListResources));
  methods.Add(kListCareerPaths, Reads<v1::ListCareerPathsRequest>(revisions, AnswerListCareerPaths));
  methods.Add(kListQuestions, Reads<v1::ListQuestionsRequest>(revisions, AnswerListQuestions));
  methods.Add(kListFlashcards, Reads<v1::ListFlashcardsRequest>(revisions, AnswerListFlashcards));
}

}  // namespace edirae::catalog
