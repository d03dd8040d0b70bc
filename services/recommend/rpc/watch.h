#ifndef EDIRAE_SERVICES_RECOMMEND_RPC_WATCH_H_
#define EDIRAE_SERVICES_RECOMMEND_RPC_WATCH_H_

#include <memory>
#include <mutex>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "common/clock/clock.h"
#include "edirae/recommend/v1/recommend_service.pb.h"
#include "grpcpp/support/server_callback.h"
#include "services/recommend/domain/state_source.h"
#include "services/recommend/rpc/advisor.h"
#include "services/recommend/rpc/resume_token.h"
#include "services/recommend/rpc/watch_hub.h"

namespace edirae::recommend {

// One `Watch` call. At most one message is under way; whatever changed meanwhile is looked at when it has gone out, so
// that a slow reader gets the newest steps only. Lives until gRPC has done with it and nobody is telling it anything.
class Watch final : public grpc::ServerWriteReactor<v1::WatchResponse>,
                    public Watcher,
                    public std::enable_shared_from_this<Watch> {
 public:
  // What a watch needs; all of it must outlive the server.
  struct Context {
    const Advisor& advisor;
    WatchHub& hub;
    StateSource& states;
    const Clock& clock;
  };

  // Starts a watch that sends what is newer than `seen`. The reactor owns itself.
  static grpc::ServerWriteReactor<v1::WatchResponse>* Start(const Context& context, AdviceRequest request,
                                                            ResumeToken seen);

  Watch(const Context& context, AdviceRequest request, ResumeToken seen);

  void OnState(std::shared_ptr<const LearnerState> state) override;
  void OnCurriculum() override;
  void OnTick() override;
  void Close(const absl::Status& why) override;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // Takes the right to use the stream; false when someone has it, who will look again before giving it back.
  bool Claim() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Sends what is to be sent, or gives the stream back. For whoever claimed it.
  void Advance();
  // Fills `response_` with the next message; false when there is none, an error when the watch is to end.
  absl::StatusOr<bool> Compose(const LearnerState& state, bool heartbeat);

  const Context context_;
  const AdviceRequest request_;
  const absl::Time start_time_;
  std::shared_ptr<Watch> self_;  // until OnDone

  std::mutex mutex_;
  std::shared_ptr<const LearnerState> state_ ABSL_GUARDED_BY(mutex_);  // null until it is loaded
  std::optional<absl::Status> closing_ ABSL_GUARDED_BY(mutex_);
  bool claimed_ ABSL_GUARDED_BY(mutex_) = false;  // a message is under way or being made; for ever after Finish
  bool changed_ ABSL_GUARDED_BY(mutex_) = false;  // there is something to look at
  absl::Time last_sent_ ABSL_GUARDED_BY(mutex_);
  absl::Time next_due_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();

  // For whoever claimed the stream.
  ResumeToken seen_;
  absl::Time composed_due_ = absl::InfiniteFuture();  // next_due of the steps sent last
  v1::WatchResponse response_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_RPC_WATCH_H_
