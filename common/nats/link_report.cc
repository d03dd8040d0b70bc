#include "common/nats/link_report.h"

#include <utility>

#include "absl/time/time.h"
#include "common/log/credentials.h"
#include "common/log/log.h"

namespace edirae::nats {
LinkReport::LinkReport(std::string client_name, absl::string_view urls, prometheus::Gauge* connected)
    : client_name_(std::move(client_name)), urls_(log::WithoutCredentials(urls)), connected_(connected) {}

void LinkReport::Up() {
  const std::lock_guard lock(mutex_);
  was_up_ = true;
  if (connected_ != nullptr) connected_->Set(1);
  if (!lost_at_) return log::Info("NATS is connected", {{"client", client_name_}, {"url", urls_}});
  const auto outage = absl::FromChrono(std::chrono::steady_clock::now() - *lost_at_);
  lost_at_.reset();
  log::Warn("NATS is back",
            {{"client", client_name_}, {"url", urls_}, {"after_seconds", absl::ToDoubleSeconds(outage)}});
}

void LinkReport::Down() {
  const std::lock_guard lock(mutex_);
  Lose("NATS is lost; trying to reach it again");
}

void LinkReport::Missing() {
  const std::lock_guard lock(mutex_);
  if (!was_up_) Lose("NATS is not there; starting without it");
}

void LinkReport::Closing() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  if (connected_ != nullptr) connected_->Set(0);
}

void LinkReport::Lose(absl::string_view message) {
  if (closing_ || lost_at_) return;
  lost_at_ = std::chrono::steady_clock::now();
  if (connected_ != nullptr) connected_->Set(0);
  log::Warn(message, {{"client", client_name_}, {"url", urls_}});
}

}  // namespace edirae::nats
