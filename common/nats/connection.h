#ifndef EDIRAE_COMMON_NATS_CONNECTION_H_
#define EDIRAE_COMMON_NATS_CONNECTION_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "prometheus/gauge.h"

namespace edirae::nats {

class ConnectionCore;  // connection_core.h, internal to common/nats

struct ConnectionOptions {
  std::string url;          // "nats://host:port", or several separated by commas
  std::string client_name;  // shown in the server's monitoring and in the log; required

  // 1 while connected, 0 otherwise; null for none. Must outlive the connection.
  prometheus::Gauge* connected = nullptr;

  // Called from threads of the NATS library (on_connected also from Connect() itself when the server is up at once).
  // They must return soon, must not close the connection, and may be called until Close() has returned.
  std::function<void()> on_connected;     // first connect and every reconnect
  std::function<void()> on_disconnected;  // every loss of the connection, and its end
  // Things nobody waits for: permission violations, slow consumers, server errors.
  std::function<void(const absl::Status&)> on_error;

  absl::Duration connect_timeout = absl::Seconds(2);        // one attempt
  absl::Duration reconnect_wait = absl::Milliseconds(250);  // between attempts, plus up to half of it as jitter
  absl::Duration ping_interval = absl::Seconds(5);          // a silent peer is given up after two of them
  absl::Duration request_timeout = absl::Seconds(5);        // JetStream administration calls

  // true: each message goes to the socket at once. false: the library gathers for 1 ms, which costs that latency and
  // saves system calls.
  bool send_immediately = true;
};

// One connection to NATS that comes back by itself for as long as it lives (the library's default gives up for ever
// after two minutes). Each loss and return is one line in the log. Thread-safe. Objects made from it (JetStream,
// AsyncPublisher, StreamReader) share ownership of the connection underneath, so they may outlive this object,
// but nothing works on them after Close().
class Connection {
 public:
  // Does not wait for the server: when it is down this succeeds, and on_connected is called once it is there. Check
  // connected() or use WaitConnected() where it matters.
  //
  // Errors: INVALID_ARGUMENT for a bad url or an empty name; RESOURCE_EXHAUSTED or INTERNAL when the library cannot
  // start.
  static absl::StatusOr<std::unique_ptr<Connection>> Connect(ConnectionOptions options);

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();  // Close()

  // False from the moment the library notices the loss. A publish may still fail after it said true.
  bool connected() const;

  // Errors: UNAVAILABLE when not connected within `timeout`, naming the url.
  absl::Status WaitConnected(absl::Duration timeout) const;

  // Waits until the server has answered everything that was sent before (a ping's round trip).
  //
  // Errors: UNAVAILABLE (not connected), DEADLINE_EXCEEDED.
  absl::Status Flush(absl::Duration timeout);

  // Sends what is buffered (bounded by two seconds), closes, and waits for the library's last callback. Afterwards no
  // callback runs. Idempotent. Never call it from a callback of this connection.
  void Close();

  // For the other classes of common/nats.
  const std::shared_ptr<ConnectionCore>& core() const { return core_; }

 private:
  explicit Connection(std::shared_ptr<ConnectionCore> core);

  std::shared_ptr<ConnectionCore> core_;
};

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_CONNECTION_H_
