#include "gateway/settings.h"

namespace edirae::gateway {

void Declare(GatewaySettings& values, config::Settings& settings) {
  settings.Add("listen", values.listen, "host:port for clients, for example 0.0.0.0:7400",
               {.required = true, .check = config::IsHostAndPort});
  settings.Add("metrics-listen", values.metrics_listen,
               "host:port for Prometheus, for example 0.0.0.0:7410; none when empty", {.check = config::IsHostAndPort});
  settings.Add("log-level", values.log_level, "debug, info, warn, error or off");
  settings.Add("reflection", values.reflection, "offer gRPC reflection");
  settings.Add("drain-delay", values.drain_delay, absl::ZeroDuration(), absl::Minutes(1),
               "between saying not ready and refusing calls when stopping");
  settings.Add("catalog-address", values.catalog_address, "where the catalog is, for example dns:///catalog:7401",
               {.required = true});
  settings.Add("progress-address", values.progress_address, "where progress is, for example dns:///progress:7402",
               {.required = true});
  settings.Add("recommend-address", values.recommend_address, "where recommend is, for example dns:///recommend:7403",
               {.required = true});
  settings.Add("token-secret", values.token_secret, "what signs learners' tokens, at least 32 bytes",
               {.required = true, .secret = true, .check = config::IsSecret});
  settings.Add("service-token", values.service_token, "what proves services to each other, at least 32 bytes",
               {.required = true, .secret = true, .check = config::IsSecret});
}

}  // namespace edirae::gateway
