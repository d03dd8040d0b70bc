#ifndef EDIRAE_COMMON_CATALOG_FEED_CATALOG_FEED_H_
#define EDIRAE_COMMON_CATALOG_FEED_CATALOG_FEED_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "common/catalog_feed/digest.h"
#include "common/catalog_feed/dropped_fields.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "grpcpp/channel.h"

namespace edirae {

// One published revision, whole, immutable.
struct CatalogRevision {
  int64_t number = 0;
  absl::Time publish_time;
  std::string digest;  // as `RevisionEnd.digest` defines it
  catalog::v1::RevisionContent content;
};

// Follows the catalog's revisions: the client side of `RevisionService.WatchRevisions`, shared by every service that
// holds content in memory. Reconnects for ever with backoff; takes a revision only when it is whole, its
// digest fits, and it differs from the one that is held. Of the next revision only what is new travels and is parsed:
// messages that both have lie in memory once. A change that does not fit what is held makes it ask for the whole.
class CatalogFeed {
 public:
  using OnRevision = std::function<void(std::shared_ptr<const CatalogRevision>)>;

  // `on_revision` runs on the feed's own thread, once for each revision taken, in order. `service_token` proves this
  // service to the catalog. Content is handed over without the fields that `dropped` names.
  CatalogFeed(const std::shared_ptr<grpc::Channel>& channel, std::string service_token, OnRevision on_revision,
              catalog_feed::DroppedFields dropped = {});
  // Ends the watch and joins the thread; no callback runs afterwards.
  ~CatalogFeed();

 private:
  class Watcher;
  std::unique_ptr<Watcher> watcher_;
};

}  // namespace edirae

#endif  // EDIRAE_COMMON_CATALOG_FEED_CATALOG_FEED_H_
