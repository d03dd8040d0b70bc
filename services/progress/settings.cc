#include "services/progress/settings.h"

#include "absl/strings/str_cat.h"
#include "common/postgres/url.h"
#include "services/progress/limits.h"

namespace edirae::progress {
absl::Status ProgressSettings::Check() const {
  if (erase_inactive_days > 0 && erase_inactive_days < limits::kMinInactiveDays) {
    return absl::InvalidArgumentError(
        absl::StrCat("--erase-inactive-days (EDIRAE_ERASE_INACTIVE_DAYS): 0 or at least ", limits::kMinInactiveDays));
  }
  if (data.empty() != store.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(data.empty() ? "--data (EDIRAE_DATA) or --store (EDIRAE_STORE) is required"
                                                 : "--data (EDIRAE_DATA) and --store (EDIRAE_STORE): only one can be");
}

void ProgressSettings::Declare(config::Settings& settings) {
  DeclareCommon(settings, 7402);
  settings.Add("catalog-address", catalog_address, "where the catalog listens, host:port or a gRPC name",
               {.required = true, .check = config::IsServiceAddress});
  settings.Add("data", data, "folder of the ledger; one progress at a time may use it");
  settings.Add("store", store,
               "postgresql://user:password@host/database of the ledger, instead of --data; any number of progress may "
               "share it",
               {.secret = true, .check = postgres::IsUrl});
  settings.Add("nats-url", nats_url, "nats://host:port of the message bus; several separated by commas",
               {.required = true, .check = config::AreNatsUrls});
  settings.Add("manage-streams", manage_streams, "make the stream of learner events when it is not there");
  settings.Add("stream-max-mib", stream_max_mib, 16, 1 << 20, "size of that stream in MiB");
  settings.Add("stream-max-days", stream_max_days, 1, limits::kMaxStreamDays,
               "days after which events leave that stream, when it is made; consumers that were away for longer read "
               "the ledger");
  settings.Add("cached-learners", cached_learners, limits::kMinCachedLearners, limits::kMaxCachedLearners,
               "learner states held in memory");
  settings.Add("erase-inactive-days", erase_inactive_days, 0, limits::kMaxInactiveDays,
               "erase learners, for ever, of whom nothing was recorded for so many days; 30 at least, 0 for never");
}

}  // namespace edirae::progress
