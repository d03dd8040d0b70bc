#include "bench/measure/record_batches.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/load/batch_stream.h"
#include "bench/load/connection.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

constexpr int kStreams = 2;
constexpr int kActionsInBatch = 128;
constexpr int64_t kLearnersOfStream = 1000;

// Batches of answers, each of the stream's next learner, until `end`.
class Batches {
 public:
  Batches(const Classroom& classroom, int stream, std::chrono::steady_clock::time_point end)
      : classroom_(classroom), stream_(stream), end_(end) {}

  bool Fill(progress::v1::RecordEventsStreamRequest& request) {
    if (std::chrono::steady_clock::now() >= end_) return false;
    auto& batch = *request.mutable_batch();
    batch.set_learner_id(absl::StrCat("batch-", stream_, "-", batches_ % kLearnersOfStream));
    for (int i = 0; i < kActionsInBatch; ++i) {
      const auto& exercises = classroom_.exercises();
      const Exercise& exercise = exercises[static_cast<size_t>(i) % exercises.size()];
      auto& action = *batch.add_actions();
      action.set_request_id(absl::StrCat("batch-", batches_, "-", i));
      action.mutable_answer_question()->set_question_id(exercise.question_id);
      *action.mutable_answer_question()->mutable_reply() =
          exercise.replies[static_cast<size_t>(batches_) % exercise.replies.size()];
    }
    ++batches_;
    return true;
  }

 private:
  const Classroom& classroom_;
  const int stream_;
  const std::chrono::steady_clock::time_point end_;
  int64_t batches_ = 0;
};

}  // namespace

absl::StatusOr<double> RecordBatches(const Conditions& conditions, const Classroom& classroom) {
  const std::string authorization = "Bearer " + classroom.platform().service_token();
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::unique_ptr<Batches>> batches;
  std::vector<std::unique_ptr<BatchStream>> streams;
  for (int i = 0; i < kStreams; ++i) {
    batches.push_back(std::make_unique<Batches>(classroom, i, start + absl::ToChronoNanoseconds(conditions.window)));
    streams.push_back(
        std::make_unique<BatchStream>(NewConnection(classroom.platform().progress().address()), authorization,
                                      [next = batches.back().get()](progress::v1::RecordEventsStreamRequest& request) {
                                        return next->Fill(request);
                                      }));
    streams.back()->Start();
  }
  int64_t recorded = 0;
  absl::Status failure;
  for (const auto& stream : streams) {
    const auto response = stream->Wait();
    if (!response.ok()) {
      failure = response.status();
    } else if (response->refused_count() > 0) {
      failure = absl::InternalError(
          absl::StrCat("progress refused ", response->refused_count(), " actions: ", response->refusals(0).message()));
    } else {
      recorded += response->recorded_count();
    }
  }
  EDIRAE_RETURN_IF_ERROR(failure);
  const auto elapsed = std::chrono::steady_clock::now() - start;
  return static_cast<double>(recorded) / absl::ToDoubleSeconds(absl::FromChrono(elapsed));
}

}  // namespace edirae::bench
