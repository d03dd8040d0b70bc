#include "bench/platform/loads.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/load/connection.h"
#include "common/status/macros.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "edirae/progress/v1/progress_service.pb.h"

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

// Who answers what as answer number `number` of a load: every learner the first exercise, then every learner the
// second.
struct Turn {
  const Learner& learner;
  const Exercise& exercise;
  uint64_t reply;
};
Turn TurnOf(const Classroom& classroom, size_t number) {
  const auto& learners = classroom.learners();
  const auto& exercises = classroom.exercises();
  return {.learner = learners[number % learners.size()],
          .exercise = exercises[number / learners.size() % exercises.size()],
          .reply = number * 2654435761U >> 16U};
}

const catalog::v1::Reply& ReplyOf(const Exercise& exercise, uint64_t number) {
  return exercise.replies[static_cast<size_t>(number % exercise.replies.size())];
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
    const auto number = static_cast<size_t>(turn * lanes + lane);
    const Turn answer = TurnOf(classroom, number);
    call.request = ToByteBuffer(AnswerRequest(answer.exercise, absl::StrCat(prefix, "-", number), answer.reply));
    call.authorization = &answer.learner.authorization;
    return true;
  };
  return load;
}

Load RecordLoad(const Classroom& classroom, const std::string& prefix, int lanes) {
  Load load;
  load.address = classroom.platform().progress().address();
  load.method = "/edirae.progress.v1.ProgressService/RecordEvents";
  load.next = [&classroom, prefix, lanes,
               authorization = std::make_shared<const std::string>("Bearer " + classroom.platform().service_token()),
               turns = NewTurns()](int lane, Call& call) {
    const int64_t turn = (*turns)[static_cast<size_t>(lane)]++;
    const auto number = static_cast<size_t>(turn * lanes + lane);
    const Turn answer = TurnOf(classroom, number);
    progress::v1::RecordEventsRequest request;
    request.set_learner_id(answer.learner.id);
    auto& action = *request.add_actions();
    action.set_request_id(absl::StrCat(prefix, "-", number));
    action.mutable_answer_question()->set_question_id(answer.exercise.question_id);
    *action.mutable_answer_question()->mutable_reply() = ReplyOf(answer.exercise, answer.reply);
    call.request = ToByteBuffer(request.SerializeAsString());
    call.authorization = authorization.get();
    return true;
  };
  return load;
}

absl::StatusOr<int> ResponseBytes(const Load& load) {
  const auto channel = NewConnection(load.address);
  size_t bytes = 0;
  for (int i = 0; i < kSamples; ++i) {
    Call call;
    load.next(0, call);
    EDIRAE_ASSIGN_OR_RETURN(const std::string response,
                            CallOnce(channel, load.method, ToString(call.request), *call.authorization));
    bytes += response.size();
  }
  return static_cast<int>(bytes / kSamples);
}

std::string AnswerRequest(const Exercise& exercise, const std::string& request_id, uint64_t number) {
  learn::v1::AnswerQuestionRequest request;
  request.set_request_id(request_id);
  request.set_question_id(exercise.question_id);
  *request.mutable_reply() = ReplyOf(exercise, number);
  return request.SerializeAsString();
}

}  // namespace edirae::bench
