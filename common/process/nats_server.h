#ifndef EDIRAE_COMMON_PROCESS_NATS_SERVER_H_
#define EDIRAE_COMMON_PROCESS_NATS_SERVER_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/process/child_process.h"

namespace edirae::process {

struct NatsServerOptions {
  std::string folder;  // holds nats-server.conf, nats-server.log and the store; created 0700. Required
  int port = 0;        // 0: a free one below 32768, kept over restarts of this object
  int64_t max_file_store_bytes = int64_t{4} << 30;   // keep it below what the disk has: a full disk wedges the server
  int max_payload_bytes = 1 << 20;                   // per message, headers included
  absl::Duration start_timeout = absl::Seconds(20);  // recovery of a large store takes its time
  absl::Duration stop_timeout = absl::Seconds(10);   // between SIGTERM and SIGKILL
};

// Debian's nats-server with JetStream as a child process, on 127.0.0.1 only and without authentication: for one
// machine, not for a network. Thread-safe, except that only one thread at a time may call Restart(); a Stop() or Kill()
// meanwhile ends the start. Destruction stops it; it never outlives this process.
class NatsServer {
 public:
  // Starts the server and waits until it accepts connections.
  //
  // Errors: NOT_FOUND when nats-server is neither in PATH nor in /usr/sbin or /usr/local/bin, with what to install;
  // UNAVAILABLE when it ended at once or the given port is taken, with its output; DEADLINE_EXCEEDED after
  // start_timeout.
  static absl::StatusOr<std::unique_ptr<NatsServer>> Start(NatsServerOptions options);

  NatsServer(const NatsServer&) = delete;
  NatsServer& operator=(const NatsServer&) = delete;
  ~NatsServer();  // Stop()

  const std::string& url() const { return url_; }  // "nats://127.0.0.1:<port>", the same over restarts
  int port() const { return port_; }
  pid_t pid() const;  // 0 when it does not run: not for kill(), which would take it for the caller's own group
  bool running() const;

  // SIGTERM, and SIGKILL after stop_timeout. Data stays. Idempotent.
  void Stop();

  // For tests of faults. Kill: SIGKILL; idempotent. Pause: the server keeps its connections and does nothing until
  // Resume(); both FAILED_PRECONDITION when it does not run.
  void Kill();
  absl::Status Pause();
  absl::Status Resume();

  // Stops it when it runs, then starts it again on the same port and data. Errors as Start().
  absl::Status Restart();

  // Waits until the server has ended by itself or was stopped; DEADLINE_EXCEEDED when it still runs after `timeout`.
  absl::StatusOr<ExitStatus> Wait(absl::Duration timeout);

 private:
  NatsServer(NatsServerOptions options, std::string program, int port);
  std::shared_ptr<ChildProcess> child() const;
  absl::Status WaitReady(ChildProcess& launched) const;
  std::string OutputFile() const;  // what the server says before it opens its log

  const NatsServerOptions options_;
  const std::string program_;
  const int port_;
  const std::string url_;
  mutable std::mutex mutex_;
  std::shared_ptr<ChildProcess> child_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_NATS_SERVER_H_
