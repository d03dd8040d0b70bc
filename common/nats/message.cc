#include "common/nats/message.h"

#include <nats/nats.h>

#include <array>
#include <charconv>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/nats/connection_core.h"
#include "common/nats/nats_status.h"

namespace edirae::nats {
namespace {

constexpr std::string_view kAckPrefix = "$JS.ACK.";

bool ParseNumber(std::string_view text, uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

void Message::Release::operator()(__natsMsg* message) const { natsMsg_Destroy(message); }

absl::StatusOr<Message> Message::Wrap(std::shared_ptr<ConnectionCore> core, __natsMsg* message) {
  std::unique_ptr<__natsMsg, Release> owned(message);
  const char* reply = natsMsg_GetReply(message);
  absl::StatusOr<Position> position = ParseReply(reply != nullptr ? reply : "");
  if (!position.ok()) return position.status();
  return Message(std::move(core), owned.release(), *position);
}

// $JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<nanoseconds>.<pending>, with two tokens more before the stream
// (domain, account hash) and perhaps more behind in later servers.
absl::StatusOr<Message::Position> Message::ParseReply(std::string_view reply) {
  const absl::Status bad = absl::InvalidArgumentError(absl::StrCat("not a JetStream reply subject: '", reply, "'"));
  if (reply.substr(0, kAckPrefix.size()) != kAckPrefix) return bad;
  std::array<std::string_view, 12> tokens;
  size_t count = 0;
  for (size_t begin = kAckPrefix.size(); begin <= reply.size() && count < tokens.size();) {
    const size_t end = std::min(reply.find('.', begin), reply.size());
    tokens[count++] = reply.substr(begin, end - begin);
    begin = end + 1;
  }
  if (count < 7 || count == 8) return bad;
  const size_t first = count == 7 ? 2 : 4;
  Position position;
  uint64_t nanoseconds = 0;
  if (!ParseNumber(tokens[first], position.num_delivered) || !ParseNumber(tokens[first + 1], position.stream_seq) ||
      !ParseNumber(tokens[first + 2], position.consumer_seq) || !ParseNumber(tokens[first + 3], nanoseconds) ||
      !ParseNumber(tokens[first + 4], position.num_pending)) {
    return bad;
  }
  position.timestamp = absl::FromUnixNanos(static_cast<int64_t>(nanoseconds));
  return position;
}

Message::Message(std::shared_ptr<ConnectionCore> core, __natsMsg* message, Position position)
    : core_(std::move(core)), message_(message), position_(position) {}

Message::Message(Message&&) noexcept = default;
Message& Message::operator=(Message&&) noexcept = default;
Message::~Message() = default;

std::string_view Message::subject() const { return natsMsg_GetSubject(message_.get()); }

std::string_view Message::data() const {
  return std::string_view(natsMsg_GetData(message_.get()), static_cast<size_t>(natsMsg_GetDataLength(message_.get())));
}

std::optional<std::string_view> Message::header(const std::string& name) const {
  const char* value = nullptr;
  if (natsMsgHeader_Get(message_.get(), name.c_str(), &value) != NATS_OK || value == nullptr) return std::nullopt;
  return std::string_view(value);
}

absl::Status Message::Reply(std::string_view verdict) {
  return ToStatus(natsConnection_Publish(core_->handle(), natsMsg_GetReply(message_.get()), verdict.data(),
                                         static_cast<int>(verdict.size())),
                  "acknowledge");
}

absl::Status Message::Ack() { return Reply("+ACK"); }

absl::Status Message::Nak(absl::Duration delay) {
  if (delay <= absl::ZeroDuration()) return Reply("-NAK");
  return Reply(absl::StrCat("-NAK {\"delay\":", absl::ToInt64Nanoseconds(delay), "}"));
}

absl::Status Message::Term() { return Reply("+TERM"); }

}  // namespace edirae::nats
