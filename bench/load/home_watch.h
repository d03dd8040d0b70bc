#ifndef EDIRAE_BENCH_LOAD_HOME_WATCH_H_
#define EDIRAE_BENCH_LOAD_HOME_WATCH_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "bench/load/histogram.h"
#include "edirae/learn/v1/learn_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

namespace edirae::bench {

// One learner who watches their home and answers questions: how long after the acknowledgement of an answer a
// suggestion is pushed that knows it. Thread-safe.
class HomeWatch final : public grpc::ClientReadReactor<learn::v1::WatchHomeResponse> {
 public:
  // `authorization` is the learner's.
  HomeWatch(const std::shared_ptr<grpc::Channel>& channel, std::string authorization, const std::string& roadmap_id);

  void Start();

  // Sends an answer and does not wait for it.
  void Answer(learn::v1::AnswerQuestionRequest request);

  // Waits until the first home was pushed, every answer is acknowledged and every acknowledged answer was followed by
  // its suggestion. DEADLINE_EXCEEDED otherwise, or what a call failed with.
  absl::Status WaitUntilFresh(absl::Duration patience);

  // Ends the stream, and waits for that and for answers under way. Call it before destruction.
  void Stop();

  // From each acknowledgement to its suggestion; zero where the suggestion was first.
  const Histogram& delays() const { return delays_; }  // after Stop()

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Acknowledged {
    int64_t as_of_seq = 0;
    Moment moment;
  };
  struct AnswerCall;

  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;
  void AnswerEnded(const AnswerCall& call, const grpc::Status& status);
  void Match(Moment now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool Fresh() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::unique_ptr<learn::v1::LearnService::Stub> stub_;
  const std::string authorization_;
  grpc::ClientContext context_;
  learn::v1::WatchHomeRequest request_;
  learn::v1::WatchHomeResponse response_;

  std::mutex mutex_;
  std::condition_variable changed_;
  Histogram delays_ ABSL_GUARDED_BY(mutex_);
  std::deque<Acknowledged> unmatched_ ABSL_GUARDED_BY(mutex_);
  int64_t pushed_seq_ ABSL_GUARDED_BY(mutex_) = -1;  // of the newest suggestions; -1: none yet
  int unacknowledged_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LOAD_HOME_WATCH_H_
