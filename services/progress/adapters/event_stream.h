#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_EVENT_STREAM_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_EVENT_STREAM_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/nats/async_publisher.h"
#include "common/nats/jetstream.h"
#include "services/progress/adapters/relay_window.h"

namespace edirae::progress {

// Name of the stream that learner events go to.
inline constexpr char kLearnerEventStream[] = "LEARNER_EVENTS";

// What became of the group whose first event is at `first`.
struct PublishAnswer {
  int64_t first = 0;
  absl::StatusOr<nats::PubAck> ack;
};

// The stream of learner events, as what publishes to it sees it. It may lose what it has taken, answer late, in another
// order or not at all, and be removed and made again by others. For one thread.
//
// Errors of every method that returns a status: those of nats::JetStream and nats::AsyncPublisher.
class EventStream {
 public:
  virtual ~EventStream() = default;

  virtual bool connected() const = 0;

  // NOT_FOUND when there is none.
  virtual absl::StatusOr<nats::StreamState> GetState() = 0;
  virtual absl::Status Make() = 0;
  virtual absl::Status Remove() = 0;

  // NOT_FOUND when there is no message at this place, or none any more.
  virtual absl::StatusOr<nats::StoredMessage> GetMessage(uint64_t seq) = 0;
  virtual absl::Status EraseMessage(uint64_t seq) = 0;

  // Sends a group. When it returns OK there will be one answer; when it does not, none, and some may have been sent.
  virtual absl::Status Publish(const RelayWindow::Group& group) = 0;

  // The answers that came since the last call.
  virtual std::vector<PublishAnswer> TakeAnswers() = 0;

  // Waits until every group has its answer. DEADLINE_EXCEEDED otherwise.
  virtual absl::Status Drain(absl::Duration timeout) = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_EVENT_STREAM_H_
