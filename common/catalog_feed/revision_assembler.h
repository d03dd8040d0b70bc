#ifndef EDIRAE_COMMON_CATALOG_FEED_REVISION_ASSEMBLER_H_
#define EDIRAE_COMMON_CATALOG_FEED_REVISION_ASSEMBLER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/catalog_feed/catalog_feed.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_feed {

// The newest revision that is held whole.
struct Held {
  int64_t number = 0;  // 0 for none
  std::string digest;
};

// Puts the parts of one stream together again. Not thread-safe.
class RevisionAssembler {
 public:
  explicit RevisionAssembler(Held held) : held_(std::move(held)) {}

  // The revision that `part` completes; null when none is complete yet. DATA_LOSS for a part out of order, a revision
  // that is the one held, is too large, or whose digest does not fit: nothing more of the stream can be trusted. A
  // number that is not newer is none of these: the catalog's data may have been lost.
  absl::StatusOr<std::shared_ptr<const CatalogRevision>> Take(catalog::v1::WatchRevisionsResponse part);

 private:
  absl::Status Begin(const catalog::v1::RevisionBegin& begin);
  absl::Status Append(catalog::v1::RevisionContent& content);
  absl::StatusOr<std::shared_ptr<const CatalogRevision>> End(const catalog::v1::RevisionEnd& end);

  Held held_;
  std::shared_ptr<CatalogRevision> open_;
  size_t bytes_ = 0;
};

}  // namespace edirae::catalog_feed

#endif  // EDIRAE_COMMON_CATALOG_FEED_REVISION_ASSEMBLER_H_
