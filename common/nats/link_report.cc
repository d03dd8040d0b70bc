#include "common/nats/link_report.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/log/log.h"

namespace edirae::nats {
namespace {

constexpr absl::string_view kSchemeEnd = "://";

std::string WithoutUser(absl::string_view url) {
  const size_t scheme = url.find(kSchemeEnd);
  const size_t host = scheme == absl::string_view::npos ? 0 : scheme + kSchemeEnd.size();
  const size_t user_end = url.rfind('@');
  if (user_end == absl::string_view::npos || user_end < host) return std::string(url);
  return absl::StrCat(url.substr(0, host), url.substr(user_end + 1));
}

}  // namespace

std::string WithoutCredentials(absl::string_view urls) {
  std::vector<std::string> shown;
  for (const absl::string_view url : absl::StrSplit(urls, ',', absl::SkipWhitespace())) {
    shown.push_back(WithoutUser(absl::StripAsciiWhitespace(url)));
  }
  return absl::StrJoin(shown, ",");
}

LinkReport::LinkReport(std::string client_name, absl::string_view urls, prometheus::Gauge* connected)
    : client_name_(std::move(client_name)), urls_(WithoutCredentials(urls)), connected_(connected) {}

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
