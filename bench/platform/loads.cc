#include "bench/platform/loads.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/load/connection.h"
#include "common/status/macros.h"
#include "edirae/learn/v1/learn_service.pb.h"

namespace edirae::bench {
namespace {

constexpr int kSamples = 64;
constexpr int kMostLanes = 4096;

// Which call of its lane comes next; a lane has one call at a time, so that no two threads touch one entry at once.
using Turns = std::shared_ptr<std::vector<int64_t>>;
Turns NewTurns() { return std::make_shared<std::vector<int64_t>>(kMostLanes); }

// The same request of every learner in turn; lanes start at different learners.
Load ReadLoad(const Classroom& classroom, const std::string& method, const std::string& request) {
  Load load;
  load.address = classroom.platform().gateway().address();
  load.method = method;
  load.next = [&classroom, bytes = ToByteBuffer(request), turns = NewTurns()](int lane, Call& call) {
    constexpr size_t kStride = 61;  // prime: lanes wander over all learners at different places
    const auto turn = static_cast<size_t>((*turns)[static_cast<size_t>(lane)]++);
    const auto& learners = classroom.learners();
    call.request = bytes;
    call.authorization = &learners[(static_cast<size_t>(lane) * kStride + turn) % learners.size()].authorization;
    return true;
  };
  return load;
}

}  // namespace

Load RoadmapLoad(const Classroom& classroom) {
  learn::v1::GetRoadmapRequest request;
  request.set_roadmap_id(classroom.roadmap_id());
  return ReadLoad(classroom, "/edirae.learn.v1.LearnService/GetRoadmap", request.SerializeAsString());
}

Load HomeLoad(const Classroom& classroom) {
  learn::v1::GetHomeRequest request;
  request.set_roadmap_id(classroom.roadmap_id());
  return ReadLoad(classroom, "/edirae.learn.v1.LearnService/GetHome", request.SerializeAsString());
}

Load AnswerLoad(const Classroom& classroom, const std::string& prefix, int lanes, int64_t answers_per_lane) {
  Load load;
  load.address = classroom.platform().gateway().address();
  load.method = "/edirae.learn.v1.LearnService/AnswerQuestion";
  load.next = [&classroom, prefix, lanes, answers_per_lane, turns = NewTurns()](int lane, Call& call) {
    const int64_t turn = (*turns)[static_cast<size_t>(lane)]++;
    if (answers_per_lane > 0 && turn >= answers_per_lane) return false;
    const auto& learners = classroom.learners();
    const auto& exercises = classroom.exercises();
    const auto number = static_cast<size_t>(turn * lanes + lane);
    const size_t round = number / learners.size();
    call.request = ToByteBuffer(AnswerRequest(exercises[round % exercises.size()], absl::StrCat(prefix, "-", number),
                                              number * 2654435761U >> 16U));
    call.authorization = &learners[number % learners.size()].authorization;
    return true;
  };
  return load;
}

absl::StatusOr<int> ResponseBytes(const Classroom& classroom, const Load& load) {
  size_t bytes = 0;
  for (int i = 0; i < kSamples; ++i) {
    Call call;
    load.next(0, call);
    EDIRAE_ASSIGN_OR_RETURN(const std::string response,
                            CallOnce(classroom.gateway(), load.method, ToString(call.request), *call.authorization));
    bytes += response.size();
  }
  return static_cast<int>(bytes / kSamples);
}

std::string AnswerRequest(const Exercise& exercise, const std::string& request_id, uint64_t number) {
  learn::v1::AnswerQuestionRequest request;
  request.set_request_id(request_id);
  request.set_question_id(exercise.question_id);
  *request.mutable_reply() = exercise.replies[static_cast<size_t>(number % exercise.replies.size())];
  return request.SerializeAsString();
}

}  // namespace edirae::bench
