#ifndef EDIRAE_COMMON_CATALOG_FEED_APPEND_CONTENT_H_
#define EDIRAE_COMMON_CATALOG_FEED_APPEND_CONTENT_H_

#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_feed {

// Moves the next piece of a revision behind what is there, field by field; `piece` is left unspecified.
void AppendContent(catalog::v1::RevisionContent& piece, catalog::v1::RevisionContent& content);

}  // namespace edirae::catalog_feed

#endif  // EDIRAE_COMMON_CATALOG_FEED_APPEND_CONTENT_H_
