#ifndef EDIRAE_GATEWAY_RPC_HOME_STREAM_H_
#define EDIRAE_GATEWAY_RPC_HOME_STREAM_H_

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/aggregate/home_feed.h"
#include "gateway/limits.h"
#include "gateway/rpc/admission.h"
#include "grpcpp/alarm.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

namespace edirae::gateway {

// When a watch says something without news. Tests shorten them.
struct WatchTimes {
  absl::Duration patience = limits::kNextStepsPatience;  // for the first next steps
  absl::Duration heartbeat = limits::kHeartbeat;
  absl::Duration max_age = limits::kMaxWatchAge;
};

// One client's `WatchHome` stream. Sends the newest home only when the reader is slow, a heartbeat after silence, and
// ends when it is too old or its token has expired. Thread-safe. Lives until gRPC and the last callback have let go of
// it.
class HomeStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                         public std::enable_shared_from_this<HomeStream> {
 public:
  // Follows a home for this stream: starts a feed whose callbacks are these.
  using StartFeed = std::function<std::unique_ptr<HomeFeed>(HomeFeed::Callbacks)>;

  // Runs once, last, when gRPC has let go of the stream.
  using OnGone = std::function<void(HomeStream*)>;

  // `token_expiry` is when the client is no longer proved, `resume_token` what it gave.
  HomeStream(Admission::Slot slot, WatchTimes times, absl::Time token_expiry, std::string resume_token, OnGone on_gone);

  // Starts sending. Call it once.
  void Start(const StartFeed& start_feed);
  // Ends the stream with `status`, after a write that is under way. The first end counts.
  void End(const absl::Status& status);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  void Offer(HomeUpdate update);
  void Tick();
  // Why the stream ends at `now`; OK while it goes on.
  absl::Status Overdue(absl::Time now) const;
  void SetTimer() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Pump();

  const WatchTimes times_;
  const absl::Time start_time_;
  const absl::Time token_expiry_;
  const OnGone on_gone_;

  std::shared_ptr<HomeStream> self_;  // until gRPC has let go
  grpc::ByteBuffer outgoing_;         // belongs to the write under way

  std::mutex mutex_;
  Admission::Slot slot_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<HomeFeed> feed_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<grpc::Alarm> timer_ ABSL_GUARDED_BY(mutex_);
  std::optional<std::string> pending_ ABSL_GUARDED_BY(mutex_);  // a serialized `WatchHomeResponse`
  std::optional<grpc::Status> end_ ABSL_GUARDED_BY(mutex_);
  std::string resume_token_ ABSL_GUARDED_BY(mutex_);
  absl::Time last_sent_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_HOME_STREAM_H_
