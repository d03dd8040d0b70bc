#include "common/nats/connection.h"

#include <algorithm>
#include <utility>

#include "common/nats/connection_core.h"
#include "common/nats/nats_status.h"

namespace edirae::nats {

absl::StatusOr<std::unique_ptr<Connection>> Connection::Connect(ConnectionOptions options) {
  absl::StatusOr<std::shared_ptr<ConnectionCore>> core = ConnectionCore::Connect(std::move(options));
  if (!core.ok()) return core.status();
  return std::unique_ptr<Connection>(new Connection(*std::move(core)));
}

Connection::Connection(std::shared_ptr<ConnectionCore> core) : core_(std::move(core)) {}

Connection::~Connection() { Close(); }

bool Connection::connected() const { return core_->connected(); }

absl::Status Connection::WaitConnected(absl::Duration timeout) const { return core_->WaitConnected(timeout); }

absl::Status Connection::Flush(absl::Duration timeout) {
  if (!connected()) return absl::UnavailableError("flush: NATS is not connected");
  const int64_t milliseconds = std::max<int64_t>(1, absl::ToInt64Milliseconds(timeout));
  return ToStatus(natsConnection_FlushTimeout(core_->handle(), milliseconds), "flush");
}

void Connection::Close() { core_->Close(); }

}  // namespace edirae::nats
