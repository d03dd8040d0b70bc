#ifndef EDIRAE_COMMON_NATS_MESSAGE_H_
#define EDIRAE_COMMON_NATS_MESSAGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/nats/ack_subject.h"

struct __natsMsg;  // natsMsg of <nats/nats.h>

namespace edirae::nats {

class ConnectionCore;

// One message that a consumer delivered. Move-only, owns the library's message; views into it live as long as it does.
// Its methods are for one thread at a time, but it may be moved to another thread than the consumer's.
//
// Ack, Nak and Term tell the server what became of it; without any of them it comes again after ack_wait. None of them
// is confirmed: OK says that it was handed to the connection (which keeps it over a reconnect, up to 8 MB), so whoever
// applies a message must be ready to see it again. Errors of all three: UNAVAILABLE when the connection is closed or
// breaks during the write, RESOURCE_EXHAUSTED when too much waits for the reconnect.
class Message {
 public:
  Message(Message&&) noexcept;
  Message& operator=(Message&&) noexcept;
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;
  ~Message();

  std::string_view subject() const;
  std::string_view data() const;
  // The first value of a header (names are case-sensitive), or nothing. Valid as long as the message.
  std::optional<std::string_view> header(const std::string& name) const;

  uint64_t stream_seq() const { return position_.stream_seq; }
  uint64_t consumer_seq() const { return position_.consumer_seq; }    // counts deliveries
  uint64_t num_delivered() const { return position_.num_delivered; }  // 1 the first time
  uint64_t num_pending() const { return position_.num_pending; }      // behind it in the stream when it was sent
  absl::Time timestamp() const { return position_.timestamp; }        // stored by the server

  absl::Status Ack();                      // done
  absl::Status Nak(absl::Duration delay);  // again, not before `delay` (0: at once)
  absl::Status Term();                     // never again

 private:
  friend class PullConsumer;

  struct Release {
    void operator()(__natsMsg* message) const;
  };

  // Takes ownership of `message`. INVALID_ARGUMENT when its reply subject is not a JetStream acknowledgement subject.
  static absl::StatusOr<Message> Wrap(std::shared_ptr<ConnectionCore> core, __natsMsg* message);
  Message(std::shared_ptr<ConnectionCore> core, __natsMsg* message, MessagePosition position);
  absl::Status Reply(std::string_view verdict);

  std::shared_ptr<ConnectionCore> core_;
  std::unique_ptr<__natsMsg, Release> message_;
  MessagePosition position_;
};

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_MESSAGE_H_
