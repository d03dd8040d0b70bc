#ifndef EDIRAE_COMMON_CATALOG_FEED_SPLIT_CONTENT_H_
#define EDIRAE_COMMON_CATALOG_FEED_SPLIT_CONTENT_H_

#include <cstddef>

#include "absl/functional/function_ref.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_feed {

// Hands out content in pieces of at most `max_bytes`, unless one item alone has more; the same content always in the
// same ones. `AppendContent` puts them together again. `on_piece` may take the piece.
void SplitContent(const catalog::v1::RevisionContent& content, size_t max_bytes,
                  absl::FunctionRef<void(catalog::v1::RevisionContent&)> on_piece);

}  // namespace edirae::catalog_feed

#endif  // EDIRAE_COMMON_CATALOG_FEED_SPLIT_CONTENT_H_
