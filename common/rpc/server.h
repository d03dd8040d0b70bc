#ifndef EDIRAE_COMMON_RPC_SERVER_H_
#define EDIRAE_COMMON_RPC_SERVER_H_

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/server.h"

namespace edirae::rpc {

// Names of the standard health service. The empty name says the same as readiness.
inline constexpr char kReadiness[] = "readiness";  // dependencies are there, and it is not draining
inline constexpr char kLiveness[] = "liveness";    // the process answers

struct ServerSettings {
  // host:port; port 0 takes a free one. Empty: in-process channels only.
  std::string listen;
  // Whether the reflection service is offered.
  bool reflection = false;
  // Between saying NOT_SERVING and refusing new calls, so that clients turn away first.
  absl::Duration drain_delay = absl::Seconds(2);
  // How long running calls may take after that.
  absl::Duration drain_deadline = absl::Seconds(10);
};

// A gRPC server with bounds, health and graceful stop. Starts alive and not ready. Thread-safe.
class Server {
 public:
  // The services must outlive the server. UNAVAILABLE when the address is taken or cannot be bound.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerSettings& settings,
                                                       const std::vector<grpc::Service*>& services);
  ~Server();

  // Says whether dependencies are there. Changes nothing once it drains.
  void SetReady(bool ready);

  // host:port as bound, with the real port.
  const std::string& address() const { return address_; }

  // A channel that stays inside the process.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // Not ready, pause, `end_streams`, no new calls, wait for running ones. `end_streams` must make long-lived streams
  // finish: they would hold the server until the deadline. Blocks; call it once, not from a handler.
  //
  // gRPC itself answers a call that comes after the last with CANCELLED, as a client does that has not read yet that
  // the server stops. Who has such clients gives `is_quiet`: `end_streams` then must also make the handlers refuse new
  // calls, which goes on until `is_quiet` says that nothing is under way; only then all connections are closed.
  void Drain(const std::function<void()>& end_streams = {}, const std::function<bool()>& is_quiet = {});

 private:
  void Say(bool ready) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Server(const ServerSettings& settings, std::string address, std::unique_ptr<grpc::Server> server);

  const ServerSettings settings_;
  const std::string address_;
  std::unique_ptr<grpc::Server> server_;
  std::mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_SERVER_H_
