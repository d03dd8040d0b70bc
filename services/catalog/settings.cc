#include "services/catalog/settings.h"

namespace edirae::catalog {

void CatalogSettings::Declare(config::Settings& settings) {
  DeclareCommon(settings, 7401);
  settings.Add("data", data, "folder of the published revisions; one catalog at a time may use it", {.required = true});
  settings.Add("content", content,
               "folder that holds one folder a roadmap, to be published when it differs from the newest revision; "
               "without it, what is stored is served",
               {.check = config::IsExistingFolder});
  settings.Add("nats-url", nats_url, "nats://host:port of the message bus that is told of revisions; none when empty",
               {.check = config::AreNatsUrls});
  settings.Add("manage-streams", manage_streams, "make the stream of catalog events when it is not there");
}

}  // namespace edirae::catalog
