#include "common/program/service_settings.h"

#include "absl/strings/str_cat.h"

namespace edirae::program {
namespace {

constexpr int kMetricsPortAbove = 10;

}  // namespace

void ServiceSettings::DeclareCommon(config::Settings& settings, int port) {
  settings.Add("listen", server.listen, absl::StrCat("host:port to serve gRPC on, for example 0.0.0.0:", port),
               {.required = true, .check = config::IsHostAndPort});
  settings.Add(
      "metrics-listen", metrics_listen,
      absl::StrCat("host:port for Prometheus, for example 0.0.0.0:", port + kMetricsPortAbove, "; none when empty"),
      {.check = config::IsHostAndPort});
  settings.Add("log-level", log_level, "debug, info, warn, error or off");
  settings.Add("reflection", server.reflection, "offer gRPC reflection");
  settings.Add("drain-delay", server.drain_delay, absl::ZeroDuration(), absl::Minutes(1),
               "between saying not ready and refusing calls when stopping");
  settings.Add("service-token", service_token, "what proves services to each other, at least 32 bytes",
               {.required = true, .secret = true, .check = config::IsSecret});
}

}  // namespace edirae::program
