#include "services/recommend/settings.h"

#include "absl/strings/match.h"
#include "absl/time/time.h"

namespace edirae::recommend {
namespace {

absl::Status IsNatsUrl(const std::string& value) {
  if (absl::StartsWith(value, "nats://") || absl::StartsWith(value, "tls://")) return absl::OkStatus();
  return absl::InvalidArgumentError("is not a nats:// or tls:// address");
}

}  // namespace

void RecommendSettings::Declare(config::Settings& settings) {
  settings.Add("listen", server.listen, "Address to serve gRPC on, host:port",
               {.required = true, .check = config::IsHostAndPort});
  settings.Add("metrics-listen", metrics_listen, "Address to serve Prometheus metrics on, host:port",
               {.required = true, .check = config::IsHostAndPort});
  settings.Add("data", data, "Folder of the checkpoints; created when absent", {.required = true});
  settings.Add("catalog-address", catalog_address, "Address of the catalog service", {.required = true});
  settings.Add("progress-address", progress_address, "Address of the progress service", {.required = true});
  settings.Add("nats-url", nats_url, "NATS servers, separated by commas", {.required = true, .check = IsNatsUrl});
  settings.Add("service-token", service_token, "Secret that services know each other by",
               {.required = true, .secret = true, .check = config::IsSecret});
  settings.Add("log-level", log_level, "debug, info, warn, error or off");
  settings.Add("reflection", server.reflection, "Whether the reflection service is offered");
  settings.Add("drain-delay", server.drain_delay, absl::ZeroDuration(), absl::Minutes(1),
               "Between saying that it stops and refusing calls");
}

}  // namespace edirae::recommend
