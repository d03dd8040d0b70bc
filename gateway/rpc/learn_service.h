#ifndef EDIRAE_GATEWAY_RPC_LEARN_SERVICE_H_
#define EDIRAE_GATEWAY_RPC_LEARN_SERVICE_H_

#include "common/rpc/unary.h"
#include "edirae/learn/v1/learn_service.grpc.pb.h"
#include "gateway/rpc/home_watches.h"
#include "gateway/rpc/method_names.h"

namespace edirae::gateway {

// The generated service with its methods in raw form, so that serialized answers pass through as they are.
template <class Base>
using RawLearnGets = learn::v1::LearnService::WithRawCallbackMethod_GetRoadmap<
    learn::v1::LearnService::WithRawCallbackMethod_GetStage<learn::v1::LearnService::WithRawCallbackMethod_GetConcept<
        learn::v1::LearnService::WithRawCallbackMethod_GetLesson<
            learn::v1::LearnService::WithRawCallbackMethod_GetResource<
                learn::v1::LearnService::WithRawCallbackMethod_GetMilestone<
                    learn::v1::LearnService::WithRawCallbackMethod_GetQuestion<
                        learn::v1::LearnService::WithRawCallbackMethod_GetFlashcard<
                            learn::v1::LearnService::WithRawCallbackMethod_GetPrerequisiteGraph<
                                learn::v1::LearnService::WithRawCallbackMethod_GetCareerPath<Base>>>>>>>>>>;
template <class Base>
using RawLearnLists = learn::v1::LearnService::WithRawCallbackMethod_ListRoadmaps<
    learn::v1::LearnService::WithRawCallbackMethod_ListConcepts<
        learn::v1::LearnService::WithRawCallbackMethod_ListResources<
            learn::v1::LearnService::WithRawCallbackMethod_ListCareerPaths<
                learn::v1::LearnService::WithRawCallbackMethod_ListQuestions<
                    learn::v1::LearnService::WithRawCallbackMethod_ListFlashcards<
                        learn::v1::LearnService::WithRawCallbackMethod_Search<
                            learn::v1::LearnService::WithRawCallbackMethod_ListStages<
                                learn::v1::LearnService::WithRawCallbackMethod_ListMilestones<Base>>>>>>>>>;
template <class Base>
using RawLearnReads = RawLearnGets<RawLearnLists<
    learn::v1::LearnService::WithRawCallbackMethod_GetHome<learn::v1::LearnService::WithRawCallbackMethod_GetGate<
        learn::v1::LearnService::WithRawCallbackMethod_ExplainDecision<Base>>>>>;
template <class Base>
using RawLearnWrites = learn::v1::LearnService::WithRawCallbackMethod_AnswerQuestion<
    learn::v1::LearnService::WithRawCallbackMethod_ReviewCard<
        learn::v1::LearnService::WithRawCallbackMethod_OpenResource<
            learn::v1::LearnService::WithRawCallbackMethod_RequestHint<
                learn::v1::LearnService::WithRawCallbackMethod_RecordActivity<
                    learn::v1::LearnService::WithRawCallbackMethod_RequestAdvance<Base>>>>>>;
template <class Base>
using RawLearnAdvice = learn::v1::LearnService::WithRawCallbackMethod_Explain<
    learn::v1::LearnService::WithRawCallbackMethod_WhatIf<learn::v1::LearnService::WithRawCallbackMethod_PlanSession<
        learn::v1::LearnService::WithRawCallbackMethod_PlanTrack<Base>>>>;
using LearnServiceBase = RawLearnReads<RawLearnAdvice<
    RawLearnWrites<learn::v1::LearnService::WithRawCallbackMethod_WatchHome<learn::v1::LearnService::Service>>>>;

// `LearnService` on gRPC. Thread-safe; the references must outlive the server.
class LearnService final : public LearnServiceBase {
 public:
  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  LearnService(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator, HomeWatches& watches)
      : endpoint_(methods, authenticator), watches_(watches) {}

  grpc::ServerUnaryReactor* ListRoadmaps(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kListRoadmaps, context, request, response);
  }
  grpc::ServerUnaryReactor* GetRoadmap(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetRoadmap, context, request, response);
  }
  grpc::ServerUnaryReactor* GetStage(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetStage, context, request, response);
  }
  grpc::ServerUnaryReactor* GetConcept(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetConcept, context, request, response);
  }
  grpc::ServerUnaryReactor* GetLesson(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetLesson, context, request, response);
  }
  grpc::ServerUnaryReactor* GetResource(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetResource, context, request, response);
  }
  grpc::ServerUnaryReactor* GetMilestone(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetMilestone, context, request, response);
  }
  grpc::ServerUnaryReactor* GetQuestion(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetQuestion, context, request, response);
  }
  grpc::ServerUnaryReactor* GetFlashcard(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetFlashcard, context, request, response);
  }
  grpc::ServerUnaryReactor* GetCareerPath(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetCareerPath, context, request, response);
  }
  grpc::ServerUnaryReactor* GetPrerequisiteGraph(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetPrerequisiteGraph, context, request, response);
  }
  grpc::ServerUnaryReactor* ListStages(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kListStages, context, request, response);
  }
  grpc::ServerUnaryReactor* ListConcepts(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kListConcepts, context, request, response);
  }
  grpc::ServerUnaryReactor* ListMilestones(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kListMilestones, context, request, response);
  }
  grpc::ServerUnaryReactor* ListResources(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kListResources, context, request, response);
  }
  grpc::ServerUnaryReactor* ListCareerPaths(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kListCareerPaths, context, request, response);
  }
  grpc::ServerUnaryReactor* ListQuestions(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kListQuestions, context, request, response);
  }
  grpc::ServerUnaryReactor* ListFlashcards(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kListFlashcards, context, request, response);
  }
  grpc::ServerUnaryReactor* Search(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kSearch, context, request, response);
  }
  grpc::ServerUnaryReactor* GetHome(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetHome, context, request, response);
  }
  grpc::ServerUnaryReactor* GetGate(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kGetGate, context, request, response);
  }
  grpc::ServerUnaryReactor* Explain(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kExplain, context, request, response);
  }
  grpc::ServerUnaryReactor* WhatIf(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kWhatIf, context, request, response);
  }
  grpc::ServerUnaryReactor* PlanSession(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kPlanSession, context, request, response);
  }
  grpc::ServerUnaryReactor* PlanTrack(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kPlanTrack, context, request, response);
  }
  grpc::ServerUnaryReactor* ExplainDecision(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kExplainDecision, context, request, response);
  }
  grpc::ServerUnaryReactor* RecordActivity(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kRecordActivity, context, request, response);
  }
  grpc::ServerUnaryReactor* RequestHint(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kRequestHint, context, request, response);
  }
  grpc::ServerUnaryReactor* AnswerQuestion(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kAnswerQuestion, context, request, response);
  }
  grpc::ServerUnaryReactor* ReviewCard(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kReviewCard, context, request, response);
  }
  grpc::ServerUnaryReactor* OpenResource(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kOpenResource, context, request, response);
  }
  grpc::ServerUnaryReactor* RequestAdvance(Context* context, const Bytes* request, Bytes* response) override {
    return endpoint_.Serve(method::kRequestAdvance, context, request, response);
  }
  HomeWatches::Reactor* WatchHome(Context* context, const Bytes* request) override {
    return watches_.Open(*context, *request);
  }

 private:
  const rpc::UnaryEndpoint endpoint_;
  HomeWatches& watches_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_LEARN_SERVICE_H_
