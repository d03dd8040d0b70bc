#include "gateway/rpc/readiness.h"

#include <algorithm>
#include <utility>

#include "common/log/log.h"
#include "common/rpc/health.h"
#include "gateway/limits.h"

namespace edirae::gateway {

void Readiness::Dependency::Look() {
  const bool was_up = up();
  const bool serves = std::ranges::any_of(channels, [](const auto& channel) {
    return rpc::SaysServing(channel, rpc::kReadiness, limits::kReadinessTimeout);
  });
  misses = serves ? 0 : std::min(misses + 1, limits::kReadinessMisses);
  gauge.Set(up() ? 1 : 0);
  if (up() != was_up) log::Info(up() ? "a service has become ready" : "a service is not ready", {{"name", name}});
}

bool Readiness::Dependency::up() const { return misses < limits::kReadinessMisses; }

Readiness::Dependency Readiness::NewDependency(const std::string& name,
                                               std::vector<std::shared_ptr<grpc::Channel>> channels, Metrics& metrics) {
  return {.name = name,
          .channels = std::move(channels),
          .gauge = metrics.Gauge("edirae_gateway_dependency_up", "Whether a service that the gateway needs is ready",
                                 {{"name", name}}),
          .misses = limits::kReadinessMisses};
}

Readiness::Readiness(rpc::Server& server, const NewestCatalog& catalog, std::shared_ptr<grpc::Channel> progress,
                     std::vector<std::shared_ptr<grpc::Channel>> recommend, Metrics& metrics)
    : server_(server),
      catalog_(catalog),
      progress_(NewDependency("progress", {std::move(progress)}, metrics)),
      recommend_(NewDependency("recommend", std::move(recommend), metrics)),
      thread_([this] { Run(); }) {}

Readiness::~Readiness() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Readiness::Run() {
  bool was_ready = false;
  while (true) {
    progress_.Look();
    recommend_.Look();
    recommend_seen_ = recommend_seen_ || recommend_.up();
    const bool ready = catalog_.Get().ok() && progress_.up() && recommend_seen_;

    std::unique_lock lock(mutex_);
    if (stopping_) return;
    if (ready != was_ready) {
      server_.SetReady(ready);
      log::Info(ready ? "ready" : "not ready");
      was_ready = ready;
    }
    wake_.wait_for(lock, absl::ToChronoMilliseconds(limits::kReadinessPeriod));
    if (stopping_) return;
  }
}

}  // namespace edirae::gateway
