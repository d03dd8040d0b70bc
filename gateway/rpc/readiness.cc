#include "gateway/rpc/readiness.h"

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "gateway/limits.h"
#include "gateway/wire/wire.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"

namespace edirae::gateway {
namespace {

// grpc.health.v1, whose messages are in no package: HealthCheckRequest{string service = 1}, HealthCheckResponse{enum status = 1}.
constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";
constexpr int kServiceField = 1;
constexpr int kStatusField = 1;
constexpr uint64_t kServing = 1;

bool SaysServing(const grpc::ByteBuffer& response) {
  std::vector<grpc::Slice> slices;
  if (!response.Dump(&slices).ok()) return false;
  std::string bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  const absl::StatusOr<uint64_t> status = wire::FindVarint(bytes, kStatusField);
  return status.ok() && *status == kServing;
}

// Whether the service on the channel says that it is ready. Blocks for at most the timeout of a look.
bool IsReady(const std::shared_ptr<grpc::Channel>& channel) {
  std::string bytes;
  wire::AppendBytes(bytes, kServiceField, rpc::kReadiness);
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + limits::kReadinessTimeout));
  std::promise<bool> answer;
  grpc::GenericStub(channel).UnaryCall(&context, kHealthCheck, grpc::StubOptions(), &request, &response,
                                       [&](const grpc::Status& status) {
                                         answer.set_value(status.ok() && SaysServing(response));
                                       });
  return answer.get_future().get();
}

}  // namespace

void Readiness::Dependency::Look() {
  const bool was_up = up();
  misses = IsReady(channel) ? 0 : std::min(misses + 1, limits::kReadinessMisses);
  gauge.Set(up() ? 1 : 0);
  if (up() != was_up) log::Info(up() ? "a service has become ready" : "a service is not ready", {{"name", name}});
}

bool Readiness::Dependency::up() const { return misses < limits::kReadinessMisses; }

Readiness::Dependency Readiness::NewDependency(const std::string& name, std::shared_ptr<grpc::Channel> channel,
                                               Metrics& metrics) {
  return {.name = name,
          .channel = std::move(channel),
          .gauge = metrics.Gauge("edirae_gateway_dependency_up", "Whether a service that the gateway needs is ready",
                                 {{"name", name}}),
          .misses = limits::kReadinessMisses};
}

Readiness::Readiness(rpc::Server& server, const NewestCatalog& catalog, std::shared_ptr<grpc::Channel> progress,
                     std::shared_ptr<grpc::Channel> recommend, Metrics& metrics)
    : server_(server),
      catalog_(catalog),
      progress_(NewDependency("progress", std::move(progress), metrics)),
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
