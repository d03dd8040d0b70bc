#include "common/nats/message.h"

#include <nats/nats.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/nats/connection_core.h"
#include "common/nats/nats_status.h"

namespace edirae::nats {
void Message::Release::operator()(__natsMsg* message) const { natsMsg_Destroy(message); }

absl::StatusOr<Message> Message::Wrap(std::shared_ptr<ConnectionCore> core, __natsMsg* message) {
  std::unique_ptr<__natsMsg, Release> owned(message);
  const char* reply = natsMsg_GetReply(message);
  absl::StatusOr<MessagePosition> position = ParseAckSubject(reply != nullptr ? reply : "");
  if (!position.ok()) return position.status();
  return Message(std::move(core), owned.release(), *position);
}

Message::Message(std::shared_ptr<ConnectionCore> core, __natsMsg* message, MessagePosition position)
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
