#include "gateway/rpc/readiness.h"

#include <algorithm>
#include <utility>

#include "absl/time/time.h"
#include "common/log/log.h"
#include "common/rpc/health.h"
#include "gateway/limits.h"

namespace edirae::gateway {
namespace {

prometheus::Gauge& UpGauge(Metrics& metrics, const std::string& name) {
  return metrics.Gauge("edirae_gateway_dependency_up",
                       "Whether a service that the gateway needs is ready; of the catalog, whether a revision came.",
                       {{"name", name}});
}

absl::Status WhetherIs(bool there) { return there ? absl::OkStatus() : absl::UnavailableError("it is not ready"); }

}  // namespace

void Readiness::Dependency::Look() {
  const bool was_up = up();
  const bool serves = std::ranges::any_of(peers, [](const rpc::Peer& peer) {
    return rpc::SaysServing(peer.channel, rpc::kReadiness, limits::kReadinessTimeout);
  });
  misses = serves ? 0 : std::min(misses + 1, limits::kReadinessMisses);
  gauge.Set(up() ? 1 : 0);
  if (up() == was_up) return;
  if (up()) {
    log::Info("a service has become ready", {{"name", name}});
  } else {
    log::Warn("a service is not ready", {{"name", name}});
  }
}

bool Readiness::Dependency::up() const { return misses < limits::kReadinessMisses; }

Readiness::Dependency Readiness::NewDependency(const std::string& name, std::vector<rpc::Peer> peers,
                                               Metrics& metrics) {
  return {.name = name, .peers = std::move(peers), .gauge = UpGauge(metrics, name), .misses = limits::kReadinessMisses};
}

Readiness::Readiness(rpc::Server& server, const NewestCatalog& catalog, const rpc::Peer& progress,
                     const std::vector<rpc::Peer>& recommend, Metrics& metrics)
    : catalog_(catalog),
      progress_(NewDependency("progress", {progress}, metrics)),
      recommend_(NewDependency("recommend", recommend, metrics)),
      catalog_held_(UpGauge(metrics, "catalog")),
      conditions_({"catalog", "progress", "recommend"}, [&server](bool ready) { server.SetReady(ready); }),
      thread_([this] { Run(); }) {}

Readiness::~Readiness() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Readiness::Look() {
  progress_.Look();
  recommend_.Look();
  const absl::Status catalog = catalog_.Get().status();
  catalog_held_.Set(catalog.ok() ? 1 : 0);
  const bool waited = std::chrono::steady_clock::now() - start_ > absl::ToChronoNanoseconds(limits::kStartPatience);
  recommend_seen_ = recommend_seen_ || recommend_.up() || waited;

  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  conditions_.Set("catalog", catalog);
  conditions_.Set("progress", WhetherIs(progress_.up()));
  conditions_.Set("recommend", WhetherIs(recommend_seen_));
  if (!waited || std::exchange(start_was_told_, true)) return;
  if (const std::string missing = conditions_.Missing(); !missing.empty()) {
    log::Warn("not ready since the start", {{"missing", missing}});
  }
}

void Readiness::Run() {
  while (true) {
    Look();
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    wake_.wait_for(lock, absl::ToChronoMilliseconds(limits::kReadinessPeriod));
    if (stopping_) return;
  }
}

}  // namespace edirae::gateway
