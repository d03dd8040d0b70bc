#ifndef EDIRAE_COMMON_NATS_ASYNC_PUBLISHER_H_
#define EDIRAE_COMMON_NATS_ASYNC_PUBLISHER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/nats/connection.h"

namespace edirae::nats {

struct OutgoingMessage {
  std::string subject;
  std::string id;  // Nats-Msg-Id: repeated within the stream's duplicate window it is not stored again; empty: none
  std::vector<std::pair<std::string, std::string>> headers;  // further headers; no CR or LF in either part
  std::string payload;                                       // bytes, at most the server's max_payload with the headers
};

// The stream's answer. It means "in the stream", not "on disk".
struct PubAck {
  uint64_t seq = 0;        // stream sequence; of the first copy when duplicate
  bool duplicate = false;  // this id was already there
};

struct AsyncPublisherOptions {
  // Groups from the oldest unacknowledged to the newest; bounds the memory.
  size_t max_pending = 4096;
  // From Publish() to DEADLINE_EXCEEDED. Checked every quarter of it, at least every 250 ms.
  absl::Duration ack_timeout = absl::Seconds(5);
};

// Publishes to JetStream without waiting and reports acknowledgements with their stream sequence: of one message, or of
// a group's last, which spares both sides most of what a message costs them.
//
// Thread-safe. Messages of one calling thread reach the server in the order of the calls; acknowledgements may
// come in another order. All callbacks run on one internal thread, one at a time, each exactly once for a Publish()
// that returned OK, with
//   PubAck              stored (or found as a duplicate); of the others of a group nothing is said, but the sequence
//                       shows whether the stream grew by the whole group, when nobody else publishes to it
//   UNAVAILABLE         the connection was lost, the server is stopping, or no JetStream answers
//   NOT_FOUND           no stream takes this subject
//   DEADLINE_EXCEEDED   no answer in time
//   RESOURCE_EXHAUSTED  the stream is full (max_bytes) or the server has no storage left
//   CANCELLED           the publisher was destroyed first
//   INVALID_ARGUMENT, FAILED_PRECONDITION, INTERNAL  the server refused it, with its text
// After any of them but NOT_FOUND and INVALID_ARGUMENT the message may have been stored all the same: publish it again
// with the same id. A callback may call Publish(); it must not destroy the publisher, and it should be short.
class AsyncPublisher {
 public:
  using Callback = std::function<void(absl::StatusOr<PubAck>)>;

  // Errors: UNAVAILABLE when the connection is closed (being disconnected is no error here).
  static absl::StatusOr<std::unique_ptr<AsyncPublisher>> Create(const Connection& connection,
                                                                AsyncPublisherOptions options = {});

  AsyncPublisher(const AsyncPublisher&) = delete;
  AsyncPublisher& operator=(const AsyncPublisher&) = delete;
  // Completes every callback (CANCELLED for those without an answer), then joins. Call Drain() first to wait for
  // answers.
  ~AsyncPublisher();

  // Hands the message to the connection; blocks only as long as the socket does. When it does not return OK the
  // callback is never called:
  //   RESOURCE_EXHAUSTED  max_pending messages or groups are under way
  //   UNAVAILABLE         not connected now
  //   INVALID_ARGUMENT    no or bad subject, bad header, larger than the server's max_payload
  absl::Status Publish(const OutgoingMessage& message, Callback callback);

  // The same for a group of at least one message, sent one after the other; only the last is acknowledged. When it does
  // not return OK, some of them may have been sent.
  absl::Status PublishGroup(std::span<const OutgoingMessage* const> messages, Callback callback);

  // Waits until every callback has run. DEADLINE_EXCEEDED otherwise. Not from a callback.
  absl::Status Drain(absl::Duration timeout);

  // Messages and groups published whose callback has not yet been started.
  size_t pending() const;

 private:
  class Impl;
  explicit AsyncPublisher(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_ASYNC_PUBLISHER_H_
