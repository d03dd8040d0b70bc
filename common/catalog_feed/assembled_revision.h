#ifndef EDIRAE_COMMON_CATALOG_FEED_ASSEMBLED_REVISION_H_
#define EDIRAE_COMMON_CATALOG_FEED_ASSEMBLED_REVISION_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "common/catalog_feed/catalog_feed.h"
#include "common/catalog_feed/content_lists.h"
#include "google/protobuf/message.h"

namespace edirae::catalog_feed {

// One element of a list, shared by all revisions that have it.
struct SharedElement {
  std::shared_ptr<const google::protobuf::Message> message;  // null when it is dropped
  uint64_t digest = 0;                                       // as it was sent
};
using SharedLists = std::vector<std::vector<SharedElement>>;  // as ContentLists()

// A revision whose content is not its own: the messages of `content` belong to `elements`, and what did not change lies
// in memory once, in however many revisions. To be had through std::make_shared only, so that it ends as what it is.
struct AssembledRevision final : CatalogRevision {
  explicit AssembledRevision(SharedLists shared);
  ~AssembledRevision();
  AssembledRevision(const AssembledRevision&) = delete;
  AssembledRevision& operator=(const AssembledRevision&) = delete;

  ElementDigests Digests() const;

  const SharedLists elements;
};

}  // namespace edirae::catalog_feed

#endif  // EDIRAE_COMMON_CATALOG_FEED_ASSEMBLED_REVISION_H_
