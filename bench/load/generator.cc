#include "bench/load/generator.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/load/connection.h"
#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"

namespace edirae::bench {
namespace {

constexpr int kChannels = 4;
constexpr std::chrono::seconds kCallDeadline(10);
constexpr absl::Duration kLook = absl::Milliseconds(50);  // between looks whether anything still runs

// What the lanes of one run share.
class LaneControl {
 public:
  explicit LaneControl(int lanes) : running_(lanes) {}

  void SetMeasuring(bool measuring) { measuring_.store(measuring, std::memory_order_relaxed); }
  bool measuring() const { return measuring_.load(std::memory_order_relaxed); }

  void Stop() { stopping_.store(true, std::memory_order_relaxed); }
  bool stopping() const { return stopping_.load(std::memory_order_relaxed); }

  void LaneFailed(const grpc::Status& status) {
    const std::lock_guard lock(mutex_);
    if (failure_.ok()) failure_ = rpc::FromGrpc(status);
    Stop();
  }

  void LaneEnded() {
    const std::lock_guard lock(mutex_);
    if (--running_ == 0) all_ended_.notify_all();
  }

  // Returns when `duration` has passed, sooner when every lane has ended. CANCELLED when interrupted.
  absl::Status Pause(absl::Duration duration, const Interrupt& interrupt) {
    const absl::Time end = absl::Now() + duration;
    for (absl::Time now = absl::Now(); now < end; now = absl::Now()) {
      EDIRAE_RETURN_IF_ERROR(interrupt.Pause(std::min(kLook, end - now)));
      const std::lock_guard lock(mutex_);
      if (running_ == 0) break;
    }
    return absl::OkStatus();
  }

  // The first failure, once no lane is running.
  absl::Status WaitForLanes() {
    std::unique_lock lock(mutex_);
    all_ended_.wait(lock, [this] { return running_ == 0; });
    return failure_;
  }

 private:
  std::atomic<bool> measuring_ = false;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable all_ended_;
  int running_ ABSL_GUARDED_BY(mutex_);
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
};

// One call after the other. Runs on gRPC threads, one at a time.
class Lane {
 public:
  Lane(const Load& load, int number, std::shared_ptr<grpc::Channel> channel, LaneControl& control)
      : load_(load), number_(number), stub_(std::move(channel)), control_(control) {}

  void StartCall() {
    context_.emplace();
    context_->set_deadline(std::chrono::system_clock::now() + kCallDeadline);
    response_.Clear();
    if (!load_.next(number_, call_)) return control_.LaneEnded();
    if (call_.authorization != nullptr) context_->AddMetadata("authorization", *call_.authorization);
    start_ = std::chrono::steady_clock::now();
    stub_.UnaryCall(&*context_, load_.method, {}, &call_.request, &response_,
                    [this](const grpc::Status& status) { CallEnded(status); });
  }

  const Histogram& latencies() const { return latencies_; }
  int64_t completed() const { return completed_; }

 private:
  void CallEnded(const grpc::Status& status) {
    if (status.ok()) {
      ++completed_;
      if (control_.measuring()) latencies_.Record(absl::FromChrono(std::chrono::steady_clock::now() - start_));
    } else {
      control_.LaneFailed(status);
    }
    if (control_.stopping()) return control_.LaneEnded();
    StartCall();
  }

  const Load& load_;
  const int number_;
  grpc::GenericStub stub_;
  LaneControl& control_;
  std::optional<grpc::ClientContext> context_;
  Call call_;
  grpc::ByteBuffer response_;
  std::chrono::steady_clock::time_point start_;
  Histogram latencies_;
  int64_t completed_ = 0;
};

}  // namespace

absl::StatusOr<LoadResult> RunLoad(const Load& load, const Interrupt& interrupt) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < kChannels; ++i) {
    channels.push_back(NewConnection(load.address));
    EDIRAE_RETURN_IF_ERROR(WaitForConnection(*channels.back()));
  }
  LaneControl control(load.concurrency);
  std::vector<std::unique_ptr<Lane>> lanes;
  for (int i = 0; i < load.concurrency; ++i) {
    lanes.push_back(std::make_unique<Lane>(load, i, channels[static_cast<size_t>(i % kChannels)], control));
  }
  for (const auto& lane : lanes) lane->StartCall();

  absl::Status waited = control.Pause(load.warm_up, interrupt);
  control.SetMeasuring(true);
  const absl::Time start = absl::Now();
  if (waited.ok()) waited = control.Pause(load.window, interrupt);
  control.SetMeasuring(false);
  const absl::Duration window = absl::Now() - start;
  control.Stop();
  if (const absl::Status failed = control.WaitForLanes(); !failed.ok()) {
    return absl::Status(failed.code(), absl::StrCat(load.method, ": ", failed.message()));
  }
  EDIRAE_RETURN_IF_ERROR(waited);

  LoadResult result;
  for (const auto& lane : lanes) {
    result.latencies.Merge(lane->latencies());
    result.completed += lane->completed();
  }
  result.per_second = static_cast<double>(result.latencies.count()) / absl::ToDoubleSeconds(window);
  return result;
}

}  // namespace edirae::bench
