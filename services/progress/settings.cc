#include "services/progress/settings.h"

#include "services/progress/limits.h"

namespace edirae::progress {

void ProgressSettings::Declare(config::Settings& settings) {
  DeclareCommon(settings, 7402);
  settings.Add("catalog-address", catalog_address, "where the catalog listens, host:port or a gRPC name",
               {.required = true});
  settings.Add("data", data, "folder of the ledger; one progress at a time may use it", {.required = true});
  settings.Add("nats-url", nats_url, "nats://host:port of the message bus", {.required = true});
  settings.Add("manage-streams", manage_streams, "make the stream of learner events when it is not there");
  settings.Add("stream-max-mib", stream_max_mib, 16, 1 << 20, "size of that stream in MiB");
  settings.Add("cached-learners", cached_learners, limits::kMinCachedLearners, limits::kMaxCachedLearners,
               "learner states held in memory");
}

}  // namespace edirae::progress
