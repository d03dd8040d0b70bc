#ifndef EDIRAE_GATEWAY_RPC_METHOD_NAMES_H_
#define EDIRAE_GATEWAY_RPC_METHOD_NAMES_H_

// The unary methods of `LearnService` by full name.
namespace edirae::gateway::method {

inline constexpr char kListRoadmaps[] = "/edirae.learn.v1.LearnService/ListRoadmaps";
inline constexpr char kGetRoadmap[] = "/edirae.learn.v1.LearnService/GetRoadmap";
inline constexpr char kGetConcept[] = "/edirae.learn.v1.LearnService/GetConcept";
inline constexpr char kGetLesson[] = "/edirae.learn.v1.LearnService/GetLesson";
inline constexpr char kListResources[] = "/edirae.learn.v1.LearnService/ListResources";
inline constexpr char kListQuestions[] = "/edirae.learn.v1.LearnService/ListQuestions";
inline constexpr char kListFlashcards[] = "/edirae.learn.v1.LearnService/ListFlashcards";
inline constexpr char kGetHome[] = "/edirae.learn.v1.LearnService/GetHome";
inline constexpr char kAnswerQuestion[] = "/edirae.learn.v1.LearnService/AnswerQuestion";
inline constexpr char kReviewCard[] = "/edirae.learn.v1.LearnService/ReviewCard";
inline constexpr char kOpenResource[] = "/edirae.learn.v1.LearnService/OpenResource";
inline constexpr char kRequestAdvance[] = "/edirae.learn.v1.LearnService/RequestAdvance";

}  // namespace edirae::gateway::method

#endif  // EDIRAE_GATEWAY_RPC_METHOD_NAMES_H_
