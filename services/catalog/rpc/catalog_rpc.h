#ifndef EDIRAE_SERVICES_CATALOG_RPC_CATALOG_RPC_H_
#define EDIRAE_SERVICES_CATALOG_RPC_CATALOG_RPC_H_

#include "common/rpc/unary.h"
#include "edirae/catalog/v1/catalog_service.grpc.pb.h"
#include "services/catalog/rpc/catalog_methods.h"

namespace edirae::catalog {

template <class Base>
using RawCatalogGets = v1::CatalogService::WithRawCallbackMethod_GetRoadmap<
    v1::CatalogService::WithRawCallbackMethod_GetStage<v1::CatalogService::WithRawCallbackMethod_GetConcept<
        v1::CatalogService::WithRawCallbackMethod_GetLesson<v1::CatalogService::WithRawCallbackMethod_GetResource<
            v1::CatalogService::WithRawCallbackMethod_GetMilestone<
                v1::CatalogService::WithRawCallbackMethod_GetQuestion<
                    v1::CatalogService::WithRawCallbackMethod_GetFlashcard<
                        v1::CatalogService::WithRawCallbackMethod_GetPrerequisiteGraph<
                            v1::CatalogService::WithRawCallbackMethod_GetCareerPath<Base>>>>>>>>>>;
template <class Base>
using RawCatalogLists = v1::CatalogService::WithRawCallbackMethod_ListRoadmaps<
    v1::CatalogService::WithRawCallbackMethod_ListConcepts<v1::CatalogService::WithRawCallbackMethod_ListResources<
        v1::CatalogService::WithRawCallbackMethod_ListCareerPaths<
            v1::CatalogService::WithRawCallbackMethod_ListQuestions<
                v1::CatalogService::WithRawCallbackMethod_ListFlashcards<
                    v1::CatalogService::WithRawCallbackMethod_Search<
                        v1::CatalogService::WithRawCallbackMethod_ListStages<
                            v1::CatalogService::WithRawCallbackMethod_ListMilestones<Base>>>>>>>>>;
using RawCatalogService = RawCatalogGets<RawCatalogLists<v1::CatalogService::Service>>;

// CatalogService as ordinary unary calls. Thread-safe.
class CatalogRpc final : public RawCatalogService {
 public:
  explicit CatalogRpc(const rpc::UnaryEndpoint& endpoint) : endpoint_(endpoint) {}

  using Reactor = grpc::ServerUnaryReactor;
  using Context = grpc::CallbackServerContext;
  using Buffer = grpc::ByteBuffer;

  Reactor* ListRoadmaps(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kListRoadmaps, context, request, response);
  }
  Reactor* GetRoadmap(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetRoadmap, context, request, response);
  }
  Reactor* GetStage(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetStage, context, request, response);
  }
  Reactor* GetConcept(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetConcept, context, request, response);
  }
  Reactor* GetLesson(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetLesson, context, request, response);
  }
  Reactor* GetResource(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetResource, context, request, response);
  }
  Reactor* GetMilestone(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetMilestone, context, request, response);
  }
  Reactor* GetQuestion(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetQuestion, context, request, response);
  }
  Reactor* GetFlashcard(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetFlashcard, context, request, response);
  }
  Reactor* GetCareerPath(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetCareerPath, context, request, response);
  }
  Reactor* GetPrerequisiteGraph(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kGetPrerequisiteGraph, context, request, response);
  }
  Reactor* ListStages(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kListStages, context, request, response);
  }
  Reactor* ListConcepts(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kListConcepts, context, request, response);
  }
  Reactor* ListMilestones(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kListMilestones, context, request, response);
  }
  Reactor* ListResources(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kListResources, context, request, response);
  }
  Reactor* ListCareerPaths(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kListCareerPaths, context, request, response);
  }
  Reactor* ListQuestions(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kListQuestions, context, request, response);
  }
  Reactor* ListFlashcards(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kListFlashcards, context, request, response);
  }
  Reactor* Search(Context* context, const Buffer* request, Buffer* response) override {
    return endpoint_.Serve(kSearch, context, request, response);
  }

 private:
  const rpc::UnaryEndpoint endpoint_;
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_CATALOG_RPC_H_
