#include "bench/platform/steady_calls.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/load/connection.h"
#include "bench/platform/loads.h"
#include "edirae/learn/v1/learn_service.pb.h"

namespace edirae::bench {
namespace {

constexpr int kLanes = 4;
constexpr char kService[] = "/edirae.learn.v1.LearnService/";

}  // namespace

SteadyCalls::SteadyCalls(const Classroom& classroom, int per_second) : classroom_(classroom) {
  const absl::Duration pace = absl::Seconds(kLanes) / per_second;
  for (int lane = 0; lane < kLanes; ++lane) threads_.emplace_back([this, lane, pace] { Run(lane, pace); });
}

void SteadyCalls::Stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

absl::Duration SteadyCalls::slowest() {
  const std::lock_guard lock(mutex_);
  return slowest_;
}

absl::Status SteadyCalls::first_failure() {
  const std::lock_guard lock(mutex_);
  return first_failure_;
}

void SteadyCalls::Run(int lane, absl::Duration pace) {
  absl::Time due = absl::Now() + pace * lane / kLanes;
  for (int64_t turn = 0; !stopping_; ++turn, due += pace) {
    absl::SleepFor(std::max(absl::ZeroDuration(), due - absl::Now()));
    const absl::Time start = absl::Now();
    const absl::Status called = Call(turn * kLanes + lane);
    ++made_;
    if (!called.ok()) ++failed_;
    const std::lock_guard lock(mutex_);
    slowest_ = std::max(slowest_, absl::Now() - start);
    if (first_failure_.ok()) first_failure_ = called;
  }
}

absl::Status SteadyCalls::Call(int64_t number) const {
  const auto& learners = classroom_.learners();
  const auto& exercises = classroom_.exercises();
  const Learner& learner = learners[static_cast<size_t>(number) % learners.size()];
  const Exercise& exercise = exercises[static_cast<size_t>(number) % exercises.size()];
  const std::string concept_id = exercise.question_id.substr(0, exercise.question_id.find('.'));
  const auto call = [&](absl::string_view method, const std::string& request) {
    return CallOnce(classroom_.gateway(), absl::StrCat(kService, method), request, learner.authorization).status();
  };
  switch (number / kLanes % 5) {
    case 0: {
      learn::v1::GetHomeRequest request;
      request.set_roadmap_id(classroom_.roadmap_id());
      return call("GetHome", request.SerializeAsString());
    }
    case 1: {
      learn::v1::GetConceptRequest request;
      request.set_concept_id(concept_id);
      return call("GetConcept", request.SerializeAsString());
    }
    case 2: {
      learn::v1::ListQuestionsRequest request;
      request.set_concept_id(concept_id);
      return call("ListQuestions", request.SerializeAsString());
    }
    case 3: {
      learn::v1::SearchRequest request;
      request.set_query("gradient weight");
      return call("Search", request.SerializeAsString());
    }
    default:
      return call("AnswerQuestion",
                  AnswerRequest(exercise, absl::StrCat("steady-", number), static_cast<uint64_t>(number)));
  }
}

}  // namespace edirae::bench
