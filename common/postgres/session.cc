#include "common/postgres/session.h"

#include <algorithm>

#include "common/ids/ids.h"
#include "common/log/log.h"

namespace edirae::postgres {

absl::Status Session::Open() {
  if (connection_ != nullptr) return absl::OkStatus();
  const auto now = std::chrono::steady_clock::now();
  if (now < next_attempt_) return refusal_;
  auto opened = Connection::Open(options_);
  if (!opened.ok()) {
    refusal_ = opened.status();
    const double part = 0.5 + 0.5 * static_cast<double>(Random64() % 1000) / 1000;  // not all replicas at the same time
    next_attempt_ = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(pause_ * part);
    pause_ = std::min(2 * pause_, limits::kLongestPause);
    return refusal_;
  }
  connection_ = *std::move(opened);
  pause_ = limits::kFirstPause;
  ++generation_;
  return absl::OkStatus();
}

void Session::Drop() {
  log::Warn("a connection to PostgreSQL was lost", {{"connection", options_.name}});
  connection_.reset();
}

}  // namespace edirae::postgres
