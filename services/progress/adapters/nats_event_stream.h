#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_NATS_EVENT_STREAM_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_NATS_EVENT_STREAM_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "common/nats/connection.h"
#include "services/progress/adapters/event_stream.h"
#include "services/progress/limits.h"

namespace edirae::progress {

// How much a stream keeps, and for how long.
struct StreamRoom {
  int64_t max_bytes = limits::kStreamMaxBytes;
  absl::Duration max_age = limits::kStreamMaxAge;
};

// The stream of learner events in JetStream.
class NatsEventStream final : public EventStream {
 public:
  // `on_answer` is called on another thread when there are answers to take after there were none; it must not block.
  // `room` is that of a stream that it makes. Errors of nats::Connection::Connect.
  static absl::StatusOr<std::unique_ptr<NatsEventStream>> Connect(nats::ConnectionOptions connection,
                                                                  const StreamRoom& room,
                                                                  std::function<void()> on_answer);
  ~NatsEventStream() override;

  bool connected() const override { return connection_->connected(); }
  // Logs when the stream that is there has another room.
  absl::StatusOr<nats::StreamState> GetState() override;
  absl::Status Make() override;
  absl::Status Remove() override { return jetstream_.DeleteStream(kLearnerEventStream); }
  absl::StatusOr<nats::StoredMessage> GetMessage(uint64_t seq) override {
    return jetstream_.GetMessage(kLearnerEventStream, seq);
  }
  absl::Status EraseMessage(uint64_t seq) override { return jetstream_.EraseMessage(kLearnerEventStream, seq); }
  absl::Status Publish(const RelayWindow::Group& group) override;
  std::vector<PublishAnswer> TakeAnswers() override;
  absl::Status Drain(absl::Duration timeout) override { return publisher_->Drain(timeout); }

 private:
  NatsEventStream(std::unique_ptr<nats::Connection> connection, const StreamRoom& room, std::function<void()> on_answer)
      : connection_(std::move(connection)), jetstream_(*connection_), room_(room), on_answer_(std::move(on_answer)) {}

  const std::unique_ptr<nats::Connection> connection_;
  nats::JetStream jetstream_;
  const StreamRoom room_;
  absl::Time told_of_;  // the creation of the stream whose room was logged
  const std::function<void()> on_answer_;

  std::mutex mutex_;
  std::vector<PublishAnswer> answers_ ABSL_GUARDED_BY(mutex_);

  std::unique_ptr<nats::AsyncPublisher> publisher_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_NATS_EVENT_STREAM_H_
