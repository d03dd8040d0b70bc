#include "common/health/conditions.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_join.h"
#include "common/log/log.h"

namespace edirae::health {

Conditions::Conditions(const std::vector<std::string>& names, std::function<void(bool)> set_ready)
    : set_ready_(std::move(set_ready)) {
  for (const std::string& name : names) states_.emplace(name, absl::UnavailableError("not there yet"));
}

void Conditions::Set(absl::string_view name, const absl::Status& status) {
  const std::lock_guard lock(mutex_);
  states_.find(std::string(name))->second = status;
  const bool ready = std::ranges::all_of(states_, [](const auto& state) { return state.second.ok(); });
  if (ready == ready_) return;
  ready_ = ready;
  set_ready_(ready);
  if (ready) return log::Info("ready");
  log::Warn("not ready", {{"missing", name}, {"error", status}});
}

std::string Conditions::Missing() {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> missing;
  for (const auto& [name, status] : states_) {
    if (!status.ok()) missing.push_back(name);
  }
  return absl::StrJoin(missing, ",");
}

}  // namespace edirae::health
