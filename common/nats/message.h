#ifndef EDIRAE_COMMON_NATS_MESSAGE_H_
#define EDIRAE_COMMON_NATS_MESSAGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/nats/ack_subject.h"

struct __natsMsg;  // natsMsg of <nats/nats.h>

namespace edirae::nats {

// One message of a stream. Move-only, owns the library's message; views into it live as long as it does. Its methods
// are for one thread at a time, but it may be moved to another thread than the reader's.
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
  uint64_t consumer_seq() const { return position_.consumer_seq; }  // counts deliveries
  absl::Time timestamp() const { return position_.timestamp; }      // stored by the server

 private:
  friend class StreamReader;

  struct Release {
    void operator()(__natsMsg* message) const;
  };

  // Takes ownership of `message`. INVALID_ARGUMENT when its reply subject is not a JetStream acknowledgement subject.
  static absl::StatusOr<Message> Wrap(__natsMsg* message);
  Message(__natsMsg* message, MessagePosition position);

  std::unique_ptr<__natsMsg, Release> message_;
  MessagePosition position_;
};

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_MESSAGE_H_
