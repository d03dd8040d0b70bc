#include "common/catalog_reads/read_methods.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/catalog_reads/errors.h"
#include "common/catalog_reads/limits.h"
#include "common/status/macros.h"

namespace edirae::catalog_reads {
namespace {

using Answer = absl::StatusOr<rpc::Bytes>;

template <class Request>
constexpr bool kHasMask = requires(const Request& request) {
  request.read_mask();
};

// The type of the items of a response.
template <class Response>
const google::protobuf::Descriptor& ItemOf() {
  return *Response::descriptor()->FindFieldByNumber(kItemField)->message_type();
}

// The answer with only the fields that the request's mask names.
template <class Request, class Response>
Answer Masked(const CatalogAnswers& answers, Request request, const rpc::Bytes& whole) {
  EDIRAE_ASSIGN_OR_RETURN(const ReadMask mask, ReadMask::Parse(request.read_mask(), ItemOf<Response>()));
  request.clear_read_mask();
  request.clear_if_revision_changed();
  const std::string key = absl::StrCat(Request::descriptor()->name(), "/", request.SerializeAsString(), "/");
  return answers.masked().Get(key, mask, whole, Response::default_instance());
}

// Every method reads in the same way: find the answer, which finds what is wrong with the request too; say when the
// caller has it; cut it down when asked to.
template <class Request, class Response>
Answer Read(const CatalogAnswers& answers, const Request& request) {
  if (request.if_revision_changed() < 0) return IfRevisionChangedNegative();
  EDIRAE_ASSIGN_OR_RETURN(rpc::Bytes whole, answers.For(request));
  if (request.if_revision_changed() == answers.revision()) {
    return answers.NotModified(Response::kCatalogRevisionFieldNumber);
  }
  if constexpr (kHasMask<Request>) {
    if (request.has_read_mask()) return Masked<Request, Response>(answers, request, whole);
  }
  return whole;
}

// Adds methods to a table under the name of their service.
struct Adding {
  absl::string_view service;
  const Newest& newest;
  rpc::MethodTable& methods;

  template <class Request, class Response>
  void Method(absl::string_view name) const {
    methods.Add(absl::StrCat("/", service, "/", name),
                [from = newest](const rpc::CallContext&, absl::string_view bytes, rpc::Done done) {
                  std::move(done)([&]() -> Answer {
                    if (bytes.size() > limits::kMaxRequestBytes) return RequestTooLarge(limits::kMaxRequestBytes);
                    Request request;
                    if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
                      return rpc::MalformedRequest();
                    }
                    EDIRAE_ASSIGN_OR_RETURN(const auto answers, from());
                    return Read<Request, Response>(*answers, request);
                  }());
                });
  }
};

}  // namespace

void AddReadMethods(absl::string_view service, const Newest& newest, rpc::MethodTable& methods) {
  using namespace catalog::v1;  // NOLINT(google-build-using-namespace): the messages of one service
  const Adding add{service, newest, methods};
  add.Method<ListRoadmapsRequest, ListRoadmapsResponse>("ListRoadmaps");
  add.Method<GetRoadmapRequest, GetRoadmapResponse>("GetRoadmap");
  add.Method<GetStageRequest, GetStageResponse>("GetStage");
  add.Method<GetConceptRequest, GetConceptResponse>("GetConcept");
  add.Method<GetLessonRequest, GetLessonResponse>("GetLesson");
  add.Method<GetResourceRequest, GetResourceResponse>("GetResource");
  add.Method<GetMilestoneRequest, GetMilestoneResponse>("GetMilestone");
  add.Method<GetQuestionRequest, GetQuestionResponse>("GetQuestion");
  add.Method<GetFlashcardRequest, GetFlashcardResponse>("GetFlashcard");
  add.Method<GetCareerPathRequest, GetCareerPathResponse>("GetCareerPath");
  add.Method<GetPrerequisiteGraphRequest, GetPrerequisiteGraphResponse>("GetPrerequisiteGraph");
  add.Method<ListStagesRequest, ListStagesResponse>("ListStages");
  add.Method<ListConceptsRequest, ListConceptsResponse>("ListConcepts");
  add.Method<ListMilestonesRequest, ListMilestonesResponse>("ListMilestones");
  add.Method<ListResourcesRequest, ListResourcesResponse>("ListResources");
  add.Method<ListCareerPathsRequest, ListCareerPathsResponse>("ListCareerPaths");
  add.Method<ListQuestionsRequest, ListQuestionsResponse>("ListQuestions");
  add.Method<ListFlashcardsRequest, ListFlashcardsResponse>("ListFlashcards");
}

}  // namespace edirae::catalog_reads
