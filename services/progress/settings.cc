#include "services/progress/settings.h"

#include "services/progress/limits.h"

namespace edirae::progress {

void ProgressSettings::Declare(config::Settings& settings) {
  settings.Add("listen", server.listen, "host:port for the other services, for example 0.0.0.0:7402",
               {.required = true, .check = config::IsHostAndPort});
  settings.Add("metrics-listen", metrics_listen, "host:port for Prometheus, for example 0.0.0.0:7412; none when empty",
               {.check = config::IsHostAndPort});
  settings.Add("log-level", log_level, "debug, info, warn, error or off");
  settings.Add("reflection", server.reflection, "offer gRPC reflection");
  settings.Add("drain-delay", server.drain_delay, absl::ZeroDuration(), absl::Minutes(1),
               "between saying not ready and refusing calls when stopping");
  settings.Add("catalog-address", catalog_address, "where the catalog listens, host:port or a gRPC name",
               {.required = true});
  settings.Add("data", data, "folder of the ledger; one progress at a time may use it", {.required = true});
  settings.Add("nats-url", nats_url, "nats://host:port of the message bus", {.required = true});
  settings.Add("manage-streams", manage_streams, "make the stream of learner events when it is not there");
  settings.Add("stream-max-mib", stream_max_mib, 16, 1 << 20, "size of that stream in MiB");
  settings.Add("cached-learners", cached_learners, limits::kMinCachedLearners, limits::kMaxCachedLearners,
               "learner states held in memory");
  settings.Add("service-token", service_token, "what proves services to each other, at least 32 bytes",
               {.required = true, .secret = true, .check = config::IsSecret});
}

}  // namespace edirae::progress
