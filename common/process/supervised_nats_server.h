#ifndef EDIRAE_COMMON_PROCESS_SUPERVISED_NATS_SERVER_H_
#define EDIRAE_COMMON_PROCESS_SUPERVISED_NATS_SERVER_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/process/nats_server.h"

namespace edirae::process {

struct SupervisionOptions {
  NatsServerOptions server;
  // The pause before a restart: doubles from the first to the longest, and starts anew after `stable_after` without a
  // death.
  absl::Duration first_backoff = absl::Milliseconds(100);
  absl::Duration longest_backoff = absl::Seconds(10);
  absl::Duration stable_after = absl::Seconds(30);
  // For the log; called from the monitor thread, must not call Stop().
  std::function<void(const ExitStatus&)> on_death;
  std::function<void(const absl::Status&)> on_restart;  // OK, or why the attempt failed (it will be tried again)
};

// A NatsServer that is started again whenever it dies, on the same port and data, until Stop(). Thread-safe.
class SupervisedNatsServer {
 public:
  // Errors as NatsServer::Start(): the first start is not repeated.
  static absl::StatusOr<std::unique_ptr<SupervisedNatsServer>> Start(SupervisionOptions options);

  SupervisedNatsServer(const SupervisedNatsServer&) = delete;
  SupervisedNatsServer& operator=(const SupervisedNatsServer&) = delete;
  ~SupervisedNatsServer();  // Stop()

  const std::string& url() const { return server_->url(); }
  pid_t pid() const { return server_->pid(); }
  bool running() const { return server_->running(); }

  // SIGKILL, for tests of faults: supervision starts it again.
  void Kill() { server_->Kill(); }

  // Ends supervision, then the server (SIGTERM, bounded). Idempotent. Not from a callback.
  void Stop();

 private:
  SupervisedNatsServer(SupervisionOptions options, std::unique_ptr<NatsServer> server);
  void Monitor();
  bool Pause(absl::Duration duration);  // false: stopping

  const SupervisionOptions options_;
  const std::unique_ptr<NatsServer> server_;
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::mutex join_mutex_;
  std::thread monitor_;  // last: it uses the members above
};

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_SUPERVISED_NATS_SERVER_H_
