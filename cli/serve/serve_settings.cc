#include "cli/serve/serve_settings.h"

#include "services/progress/limits.h"

namespace edirae::cli {

void ServeSettings::Declare(config::Settings& settings) {
  settings.Add("content", content, "Folder with one folder of YAML for each roadmap",
               {.required = true, .check = config::IsExistingFolder});
  settings.Add("data", data, "Folder for the ledger, checkpoints, the bus and the token secret", {.required = true});
  settings.Add("listen", listen, "Address for clients (gRPC); port 0 takes a free one",
               {.required = true, .check = config::IsHostAndPort});
  settings.Add("metrics-listen", metrics_listen, "Address for Prometheus; empty for none",
               {.check = config::IsHostAndPort});
  settings.Add("events-port", events_port, 0, 65'535, "Port of the event bus (NATS) on 127.0.0.1; 0 takes a free one");
  settings.Add("token-secret", token_secret,
               "Secret that signs learners' tokens; by default one kept in the data folder",
               {.secret = true, .check = config::IsSecret});
  settings.Add("weights", weights,
               "Weights file of the mastery model, made by edirae-fit; without it the shipped prior");
  settings.Add("erase-inactive-days", erase_inactive_days, 0, progress::limits::kMaxInactiveDays,
               "Erase learners, for ever, of whom nothing was recorded for so many days; 30 at least, 0 for never");
  settings.Add("log-level", log_level, "debug, info, warn, error or off");
  settings.Add("reflection", reflection, "Offer gRPC reflection to tools such as grpcurl and buf curl");
  settings.Add("drain-delay", drain_delay, absl::ZeroDuration(), absl::Minutes(1),
               "Pause between saying not ready and refusing calls when stopping");
  settings.Add("demo", demo, "Play a sample learner's morning once everything runs");
  settings.Add("exit-after-demo", exit_after_demo, "Stop when the morning is over");
}

}  // namespace edirae::cli
