#ifndef EDIRAE_COMMON_CATALOG_FEED_PART_STREAM_H_
#define EDIRAE_COMMON_CATALOG_FEED_PART_STREAM_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/client_callback.h"

namespace edirae::catalog_feed {

// One call of `WatchRevisions`, read part by part from one thread, as bytes: a hundred megabytes of content are parsed
// piece by piece, and only what is needed of it. Reads ahead by one part.
class PartStream final : public grpc::ClientBidiReactor<catalog::v1::WatchRevisionsRequest, grpc::ByteBuffer> {
 public:
  PartStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& token,
             catalog::v1::WatchRevisionsRequest request);

  // The next part, a serialized `WatchRevisionsResponse`; nothing when the stream has ended or was silent for too long.
  std::optional<std::string> Next();

  // Ends the call and waits for that. Must be called before destruction.
  grpc::Status Finish();

  // From any thread, before `Finish` returns.
  void Cancel() { context_.TryCancel(); }

  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

 private:
  grpc::ClientContext context_;
  const catalog::v1::WatchRevisionsRequest request_;
  grpc::ByteBuffer part_;  // belongs to gRPC while a read is under way
  std::mutex mutex_;
  std::condition_variable changed_;
  bool read_ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool read_ok_ ABSL_GUARDED_BY(mutex_) = false;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::catalog_feed

#endif  // EDIRAE_COMMON_CATALOG_FEED_PART_STREAM_H_
