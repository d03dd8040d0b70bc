#include "services/catalog/settings.h"

namespace edirae::catalog {

void Declare(CatalogSettings& values, config::Settings& settings) {
  settings.Add("listen", values.listen, "host:port for the other services, for example 0.0.0.0:7401",
               {.required = true, .check = config::IsHostAndPort});
  settings.Add("metrics-listen", values.metrics_listen,
               "host:port for Prometheus, for example 0.0.0.0:7411; none when empty", {.check = config::IsHostAndPort});
  settings.Add("log-level", values.log_level, "debug, info, warn, error or off");
  settings.Add("reflection", values.reflection, "offer gRPC reflection");
  settings.Add("drain-delay", values.drain_delay, absl::ZeroDuration(), absl::Minutes(1),
               "between saying not ready and refusing calls when stopping");
  settings.Add("content", values.content, "folder that holds one folder a roadmap",
               {.required = true, .check = config::IsExistingFolder});
  settings.Add("service-token", values.service_token, "what proves services to each other, at least 32 bytes",
               {.required = true, .secret = true, .check = config::IsSecret});
}

}  // namespace edirae::catalog
