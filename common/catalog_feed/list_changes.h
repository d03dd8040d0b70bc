#ifndef EDIRAE_COMMON_CATALOG_FEED_LIST_CHANGES_H_
#define EDIRAE_COMMON_CATALOG_FEED_LIST_CHANGES_H_

#include <vector>

#include "common/catalog_feed/content_lists.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_feed {

// How the lists of `next` come about from those of `base`: what both have is held, wherever it lies, and the rest is
// sent. Lists that are equal are left out. Takes time in proportion to the sizes of the lists.
std::vector<catalog::v1::ListChange> ChangesBetween(const ElementDigests& base, const ElementDigests& next);

}  // namespace edirae::catalog_feed

#endif  // EDIRAE_COMMON_CATALOG_FEED_LIST_CHANGES_H_
