#include "common/process/supervised_nats_server.h"

#include <algorithm>
#include <utility>

namespace edirae::process {

absl::StatusOr<std::unique_ptr<SupervisedNatsServer>> SupervisedNatsServer::Start(SupervisionOptions options) {
  absl::StatusOr<std::unique_ptr<NatsServer>> server = NatsServer::Start(options.server);
  if (!server.ok()) return server.status();
  return std::unique_ptr<SupervisedNatsServer>(new SupervisedNatsServer(std::move(options), *std::move(server)));
}

SupervisedNatsServer::SupervisedNatsServer(SupervisionOptions options, std::unique_ptr<NatsServer> server)
    : options_(std::move(options)), server_(std::move(server)), monitor_([this] { Monitor(); }) {}

SupervisedNatsServer::~SupervisedNatsServer() { Stop(); }

void SupervisedNatsServer::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  server_->Stop();  // also ends a start that is under way
  {
    std::lock_guard lock(join_mutex_);
    if (monitor_.joinable()) monitor_.join();
  }
  server_->Stop();  // one that the monitor launched in between
}

bool SupervisedNatsServer::Pause(absl::Duration duration) {
  std::unique_lock lock(mutex_);
  return !stopping_changed_.wait_for(lock, absl::ToChronoNanoseconds(duration), [this] { return stopping_; });
}

void SupervisedNatsServer::Monitor() {
  absl::Duration backoff = options_.first_backoff;
  absl::Time started = absl::Now();
  while (true) {
    absl::StatusOr<ExitStatus> exit = server_->Wait(absl::Hours(1));
    if (!exit.ok()) continue;
    if (!Pause(absl::ZeroDuration())) return;
    if (options_.on_death) options_.on_death(*exit);
    if (absl::Now() - started > options_.stable_after) backoff = options_.first_backoff;
    if (!Pause(backoff)) return;
    backoff = std::min(backoff * 2, options_.longest_backoff);
    started = absl::Now();
    const absl::Status restarted = server_->Restart();
    if (!Pause(absl::ZeroDuration())) return;
    if (options_.on_restart) options_.on_restart(restarted);
  }
}

}  // namespace edirae::process
