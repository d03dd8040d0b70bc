#include "common/nats/message.h"

#include <nats/nats.h>

namespace edirae::nats {

void Message::Release::operator()(__natsMsg* message) const { natsMsg_Destroy(message); }

absl::StatusOr<Message> Message::Wrap(__natsMsg* message) {
  std::unique_ptr<__natsMsg, Release> owned(message);
  const char* reply = natsMsg_GetReply(message);
  absl::StatusOr<MessagePosition> position = ParseAckSubject(reply != nullptr ? reply : "");
  if (!position.ok()) return position.status();
  return Message(owned.release(), *position);
}

Message::Message(__natsMsg* message, MessagePosition position) : message_(message), position_(position) {}

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

}  // namespace edirae::nats
