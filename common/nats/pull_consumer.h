#ifndef EDIRAE_COMMON_NATS_PULL_CONSUMER_H_
#define EDIRAE_COMMON_NATS_PULL_CONSUMER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/nats/connection.h"
#include "common/nats/message.h"

namespace edirae::nats {

struct PullConsumerOptions {
  std::string stream;
  std::string durable;
  // Messages asked for ahead. As many may wait in this process, delivered and unacknowledged: they must all be handled
  // within the consumer's ack_wait, or they are delivered again. More than max_ack_pending is of no use.
  int prefetch = 256;
  // The server says that it is still there this often; after two and a half of them in silence the pull counts as lost,
  // the consumer is looked up and asked again. Must stay below 15 s.
  absl::Duration heartbeat = absl::Seconds(1);
};

// Reads a durable pull consumer with low latency: a pull request is always outstanding, so that a message is on its way
// as soon as it is stored, and Fetch() returns as soon as there is one (the library's own Fetch waits for the whole
// batch).
//
// One thread at a time owns it. Survives reconnects and server restarts. Order: as the stream, except for redeliveries.
class PullConsumer {
 public:
  // Does not talk to the server: a missing consumer shows in Fetch().
  //
  // Errors: INVALID_ARGUMENT (options), UNAVAILABLE when the connection is closed.
  static absl::StatusOr<std::unique_ptr<PullConsumer>> Create(const Connection& connection,
                                                              PullConsumerOptions options);

  PullConsumer(const PullConsumer&) = delete;
  PullConsumer& operator=(const PullConsumer&) = delete;
  // Gives messages that were delivered but not fetched back to the server: they come again after two heartbeats instead
  // of ack_wait. Takes a round trip.
  ~PullConsumer();

  // Returns what is there, at most `max_messages` (> 0), waiting up to `timeout` for the first; empty when there was
  // nothing.
  //
  // Errors: UNAVAILABLE  not connected (returned within 100 ms of the loss; fetch again, with a pause), or JetStream is
  // not ready
  //         NOT_FOUND    consumer or stream is gone: create it again, then fetch again; this object can be kept
  //         PERMISSION_DENIED, INTERNAL  the server refuses, with its text
  absl::StatusOr<std::vector<Message>> Fetch(size_t max_messages, absl::Duration timeout);

 private:
  class Impl;
  explicit PullConsumer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_PULL_CONSUMER_H_
