#ifndef EDIRAE_BENCH_LOAD_BATCH_STREAM_H_
#define EDIRAE_BENCH_LOAD_BATCH_STREAM_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "edirae/progress/v1/progress_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

namespace edirae::bench {

// One RecordEventsStream that writes a batch as soon as the one before has been taken. Thread-safe.
class BatchStream final : public grpc::ClientWriteReactor<progress::v1::RecordEventsStreamRequest> {
 public:
  // Fills the next batch, or returns false when there are no more. Runs on gRPC threads, one at a time.
  using Next = std::function<bool(progress::v1::RecordEventsStreamRequest& request)>;

  BatchStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& authorization, Next next);

  void Start();
  // Waits for the server's answer, which means that all is on disk. Call it before destruction.
  absl::StatusOr<progress::v1::RecordEventsStreamResponse> Wait();

 private:
  void OnWriteDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;
  void WriteNext();

  const std::unique_ptr<progress::v1::ProgressService::Stub> stub_;
  const Next next_;
  grpc::ClientContext context_;
  progress::v1::RecordEventsStreamRequest request_;
  progress::v1::RecordEventsStreamResponse response_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LOAD_BATCH_STREAM_H_
