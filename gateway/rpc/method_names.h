#ifndef EDIRAE_GATEWAY_RPC_METHOD_NAMES_H_
#define EDIRAE_GATEWAY_RPC_METHOD_NAMES_H_

// The unary methods of `LearnService` by full name.
namespace edirae::gateway::method {

inline constexpr char kListRoadmaps[] = "/edirae.learn.v1.LearnService/ListRoadmaps";
inline constexpr char kGetRoadmap[] = "/edirae.learn.v1.LearnService/GetRoadmap";
inline constexpr char kGetStage[] = "/edirae.learn.v1.LearnService/GetStage";
inline constexpr char kGetConcept[] = "/edirae.learn.v1.LearnService/GetConcept";
inline constexpr char kGetLesson[] = "/edirae.learn.v1.LearnService/GetLesson";
inline constexpr char kGetResource[] = "/edirae.learn.v1.LearnService/GetResource";
inline constexpr char kGetMilestone[] = "/edirae.learn.v1.LearnService/GetMilestone";
inline constexpr char kGetQuestion[] = "/edirae.learn.v1.LearnService/GetQuestion";
inline constexpr char kGetFlashcard[] = "/edirae.learn.v1.LearnService/GetFlashcard";
inline constexpr char kGetCareerPath[] = "/edirae.learn.v1.LearnService/GetCareerPath";
inline constexpr char kGetPrerequisiteGraph[] = "/edirae.learn.v1.LearnService/GetPrerequisiteGraph";
inline constexpr char kListStages[] = "/edirae.learn.v1.LearnService/ListStages";
inline constexpr char kListConcepts[] = "/edirae.learn.v1.LearnService/ListConcepts";
inline constexpr char kListMilestones[] = "/edirae.learn.v1.LearnService/ListMilestones";
inline constexpr char kListResources[] = "/edirae.learn.v1.LearnService/ListResources";
inline constexpr char kListCareerPaths[] = "/edirae.learn.v1.LearnService/ListCareerPaths";
inline constexpr char kListQuestions[] = "/edirae.learn.v1.LearnService/ListQuestions";
inline constexpr char kListFlashcards[] = "/edirae.learn.v1.LearnService/ListFlashcards";
inline constexpr char kSearch[] = "/edirae.learn.v1.LearnService/Search";
inline constexpr char kGetHome[] = "/edirae.learn.v1.LearnService/GetHome";
inline constexpr char kGetGate[] = "/edirae.learn.v1.LearnService/GetGate";
inline constexpr char kExplain[] = "/edirae.learn.v1.LearnService/Explain";
inline constexpr char kWhatIf[] = "/edirae.learn.v1.LearnService/WhatIf";
inline constexpr char kPlanSession[] = "/edirae.learn.v1.LearnService/PlanSession";
inline constexpr char kPlanTrack[] = "/edirae.learn.v1.LearnService/PlanTrack";
inline constexpr char kExplainDecision[] = "/edirae.learn.v1.LearnService/ExplainDecision";
inline constexpr char kRequestHint[] = "/edirae.learn.v1.LearnService/RequestHint";
inline constexpr char kAnswerQuestion[] = "/edirae.learn.v1.LearnService/AnswerQuestion";
inline constexpr char kReviewCard[] = "/edirae.learn.v1.LearnService/ReviewCard";
inline constexpr char kOpenResource[] = "/edirae.learn.v1.LearnService/OpenResource";
inline constexpr char kRecordActivity[] = "/edirae.learn.v1.LearnService/RecordActivity";
inline constexpr char kRequestAdvance[] = "/edirae.learn.v1.LearnService/RequestAdvance";

}  // namespace edirae::gateway::method

// Those of `RecommendService` that answer them.
namespace edirae::gateway::recommend_method {

inline constexpr char kExplain[] = "/edirae.recommend.v1.RecommendService/Explain";
inline constexpr char kWhatIf[] = "/edirae.recommend.v1.RecommendService/WhatIf";
inline constexpr char kPlanSession[] = "/edirae.recommend.v1.RecommendService/PlanSession";
inline constexpr char kPlanTrack[] = "/edirae.recommend.v1.RecommendService/PlanTrack";

}  // namespace edirae::gateway::recommend_method

#endif  // EDIRAE_GATEWAY_RPC_METHOD_NAMES_H_
