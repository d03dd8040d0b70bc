#include "bench/platform/classroom.h"

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "bench/load/connection.h"
#include "cli/client/reply.h"
#include "common/status/macros.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/auth/token.h"

namespace edirae::bench {
namespace {

constexpr uint64_t kReplies = 4;  // to each question
constexpr absl::Duration kTokenLife = absl::Hours(2);
constexpr char kListRoadmaps[] = "/edirae.learn.v1.LearnService/ListRoadmaps";
constexpr char kGetRoadmap[] = "/edirae.learn.v1.LearnService/GetRoadmap";
constexpr char kListQuestions[] = "/edirae.learn.v1.LearnService/ListQuestions";

}  // namespace

absl::StatusOr<std::unique_ptr<Classroom>> Classroom::Open(const testing::Platform& platform, int learner_count) {
  auto classroom = absl::WrapUnique(new Classroom(platform));
  classroom->gateway_ = NewConnection(platform.gateway().address());
  for (int i = 1; i <= learner_count; ++i) {
    EDIRAE_ASSIGN_OR_RETURN(auto learner, classroom->NewLearner(absl::StrFormat("bench-%04d", i)));
    classroom->learners_.push_back(std::move(learner));
  }
  EDIRAE_RETURN_IF_ERROR(classroom->ReadRoadmap());
  return classroom;
}

absl::StatusOr<Learner> Classroom::NewLearner(const std::string& id) const {
  EDIRAE_ASSIGN_OR_RETURN(const std::string token,
                          gateway::MintToken(platform_.token_secret(), id, kTokenLife, absl::Now()));
  return Learner{.id = id, .authorization = "Bearer " + token};
}

absl::Status Classroom::ReadRoadmap() {
  const std::string& authorization = learners_.front().authorization;
  EDIRAE_ASSIGN_OR_RETURN(
      const auto list,
      Ask<learn::v1::ListRoadmapsResponse>(gateway_, kListRoadmaps, learn::v1::ListRoadmapsRequest(), authorization));
  if (list.roadmaps().empty()) return absl::NotFoundError("the platform has no roadmap");
  roadmap_id_ = list.roadmaps(0).roadmap_id();
  learn::v1::GetRoadmapRequest request;
  request.set_roadmap_id(roadmap_id_);
  EDIRAE_ASSIGN_OR_RETURN(const auto whole,
                          Ask<learn::v1::GetRoadmapResponse>(gateway_, kGetRoadmap, request, authorization));
  for (const auto& stage : whole.roadmap().stages()) {
    for (const auto& each : stage.concepts()) EDIRAE_RETURN_IF_ERROR(ReadQuestions(each.concept_id()));
  }
  if (exercises_.empty()) return absl::NotFoundError("the roadmap has no question");
  return absl::OkStatus();
}

absl::Status Classroom::ReadQuestions(const std::string& concept_id) {
  learn::v1::ListQuestionsRequest request;
  request.set_concept_id(concept_id);
  EDIRAE_ASSIGN_OR_RETURN(const auto list, Ask<learn::v1::ListQuestionsResponse>(gateway_, kListQuestions, request,
                                                                                 learners_.front().authorization));
  for (const auto& question : list.questions()) {
    Exercise exercise{.question_id = question.question_id()};
    for (uint64_t i = 0; i < kReplies; ++i) exercise.replies.push_back(cli::SomeReply(question, i));
    exercises_.push_back(std::move(exercise));
  }
  return absl::OkStatus();
}

}  // namespace edirae::bench
